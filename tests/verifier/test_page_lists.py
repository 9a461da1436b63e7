"""Lists as they come to the page, one after the other: the vectors that Python runs too; and a delta as a picture."""

import base64
import json
from pathlib import Path

import pytest

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "lists" / "cases.json").read_text("utf-8"))
ASK = """
async ([published, lists, says]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const held = await certificateVerifier.using(published);
  const refused = [];
  for (const one of lists) {
    refused.push(await held.add(bytes(one)).then(() => null, (fault) => fault.code ?? String(fault)));
  }
  return [refused, says.map(([list, index]) => held.state(list, index) ?? "unknown")];
}
"""


def text(data):
    return base64.b64encode(bytes.fromhex(data)).decode()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(page, case):
    published = {"list_keys": [text(key) for key in case["list_keys"]], "trust": None, "statuses": [],
                 "root": text(case["root"]) if case["root"] else None}
    refused, states = page.evaluate(ASK, [published, [text(one["data"]) for one in case["lists"]], case["says"]])
    assert refused == [one["refused"] for one in case["lists"]]
    assert states == [state for _, _, state in case["says"]]
