"""A certificate by number and name: the page gets the code that was issued, and strangers learn nothing."""

import shutil

import pytest
from kit.branches import issue
from playwright.sync_api import expect, sync_playwright
from service_kit import Service

from appraisal.credential.claims import Claims, to_bytes
from appraisal.credential.cose import sign1
from appraisal.credential.digits import from_digits
from library.publish import publish
from library.revoke import revoke
from library.web.console_sessions import FROM_ADDRESS
from library.web.lookup import FOUND, LATER, NOTHING, PATH

NUMBER, NAME, LATIN = "ZGC-2026-0001-000009-3", "欧阳娜娜", "OUYANG Nana"


@pytest.fixture
def envelope(association, joined, tmp_path):
    """A certificate that is in the library and on its lists."""
    desk = joined()
    batch = desk.open_batch()
    (who,) = desk.people(1, batch)
    cose = sign1(to_bytes(Claims(
        issued=association.clock.now // 1000, number=NUMBER, name=NAME, latin_name=LATIN, scheme="ai-trainer", level=3,
        template_version=1, status=(1, 4711))), desk.desk.signer)
    issue(desk, who, batch, NUMBER, 4711, cose)
    association.take_in(desk.export(tmp_path / "stick").bundle)
    publish(association.library)
    return cose


@pytest.fixture
def service(association, tmp_path):
    return Service(association, tmp_path / "spool")


def asked(client, number, name):
    answer = client.post(PATH, data={"number": number, "name": name})
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    return answer.headers["location"]


@pytest.mark.parametrize(("number", "name"), [
    (NUMBER, NAME), (NUMBER.lower(), LATIN.lower()), (f"  {NUMBER} ", "ouyang  nana"),
    ("ＺＧＣ-2026-0001-000009-3", f"{NAME}\u3000")])
def test_who_has_the_paper_gets_its_code(service, envelope, number, name):
    with service.running() as client:
        place = asked(client, number, name)
    assert place.startswith(FOUND)
    assert from_digits(place.removeprefix(FOUND)) == envelope


@pytest.mark.parametrize(("number", "name"), [
    (NUMBER, "欧阳"), (NUMBER, ""), ("", NAME), ("ZGC-2026-0001-000009-4", NAME), (NUMBER, "%"), ("%", "%"),
    ("x" * 5000, NAME), ("' or 1=1 --", NAME)])
def test_a_stranger_is_told_nothing(service, envelope, number, name):
    with service.running() as client:
        assert asked(client, number, name) == NOTHING


def test_whoever_guesses_has_to_wait_and_whoever_is_right_does_not(service, envelope):
    with service.running() as client:
        for _ in range(2 * FROM_ADDRESS):
            assert asked(client, NUMBER, NAME).startswith(FOUND)
        told = [asked(client, f"ZGC-2026-0001-{n:06}-0", NAME) for n in range(FROM_ADDRESS + 2)]
        assert told == [NOTHING] * FROM_ADDRESS + [LATER] * 2
        assert asked(client, NUMBER, NAME) == LATER


def test_what_is_no_form_harms_nobody(service, envelope):
    with service.running() as client:
        assert client.post(PATH, content=b"\xff" * 100_000).headers["location"] == LATER
        assert client.post(PATH, content=b"{}").headers["location"] == NOTHING
        assert client.get(PATH).status_code == 405


def test_the_page_that_is_served_asks_and_gives_the_verdict(association, service, envelope):
    path = shutil.which("chromium")
    assert path, "packaging/setup.sh installs chromium"
    with service.running(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(locale="en-GB")
        page.clock.set_fixed_time(association.clock.now // 1000 + 60)
        page.goto(service.url)

        def look_up(name):
            page.get_by_label("Certificate number").fill(NUMBER)
            page.get_by_label("Name", exact=True).fill(name)
            page.get_by_role("button", name="Look up").click()

        look_up("somebody else")
        expect(page.get_by_text("no certificate with this number")).to_be_visible()
        look_up(NAME)
        expect(page.get_by_role("heading", name="Valid", exact=True)).to_be_visible()
        expect(page.get_by_text(NAME)).to_be_visible()
        revoke(association.library, NUMBER, "wrongly issued")
        page.goto("about:blank")
        page.goto(service.url)
        look_up(NAME)
        expect(page.get_by_role("heading", name="Revoked", exact=True)).to_be_visible()
        browser.close()

