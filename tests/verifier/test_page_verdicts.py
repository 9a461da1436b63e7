"""Python and the page agree on every vector: by the browser's Ed25519, and by the page's own where there is none."""

import base64

import pytest
from page_kit import CASES, CONTEXT, with_lists
from playwright.sync_api import Browser, Page

ASK = """
async ([cases, lists]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const verifiers = {};
  for (const name in lists) verifiers[name] = await certificateVerifier.using(lists[name]);
  const said = [];
  for (const one of cases) {
    const verdict = await verifiers[one.lists].verify(one.text ?? bytes(one.data), one.now);
    said.push([verdict.code, verdict.by ?? null, verdict.claims !== undefined, verdict.centre !== undefined]);
  }
  return said;
}
"""
WITHOUT = "delete SubtleCrypto.prototype.verify"
UNSIGNED = {"KEY_UNKNOWN", "BAD_SIGNATURE", "MALFORMED"}


def asked(case):
    what = {"text": case["text"]} if "text" in case else {"data": base64.b64encode(bytes.fromhex(case["hex"])).decode()}
    return {"now": case["now"], "lists": lists_of(case), **what}


def lists_of(case):
    return f"{case['trust']} {case['statuses']}"


def verdicts(page: Page):
    lists = {lists_of(case): with_lists(*(case["statuses"] if case["trust"] else ()), trust=case["trust"])
             for case in CASES}
    return page.evaluate(ASK, [[asked(case) for case in CASES], lists])


@pytest.fixture(scope="module", params=["by the browser", "by the page"])
def said(request, browser: Browser, published, tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "verify.html"
    file.write_bytes(published)
    page = browser.new_page()
    if request.param == "by the page":
        page.add_init_script(WITHOUT)
    page.goto(file.as_uri())
    page.wait_for_function("globalThis.certificateVerifier")
    assert page.evaluate("'verify' in SubtleCrypto.prototype") is (request.param == "by the browser")
    yield verdicts(page)
    page.close()


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case["name"] for case in CASES])
def test_verdict(said, number):
    case, (code, by, claims, centre) = CASES[number], said[number]
    assert (code, by) == (case["verdict"], case.get("by"))
    assert centre is (code not in UNSIGNED)
    assert claims is (code != "MALFORMED")


def test_the_lists_of_the_vectors_are_of_this_browser_too():
    assert len(CASES) >= 150
    assert set(CONTEXT["status_lists"]) == {"3", "4"}
