"""Our own vectors: every verdict as docs/formats/certificate-qr.md says, and the files are what their script writes."""

import json
import runpy
from pathlib import Path

import pytest

from appraisal.credential.cose import ED25519, verifying_key
from appraisal.credential.status import read_status_list
from appraisal.credential.trust import read_trust_list
from appraisal.credential.verdict import UNSIGNED, Code, verify

VECTORS = Path(__file__).parents[1] / "vectors"
CONTEXT, CASES = (
    json.loads((VECTORS / "certificate-qr" / f"{name}.json").read_text("utf-8")) for name in ("context", "cases"))


@pytest.fixture(scope="module")
def lists():
    keys = [verifying_key(ED25519, bytes.fromhex(CONTEXT["list_key"]))]
    trust = read_trust_list(bytes.fromhex(CONTEXT["trust_list"]), keys)
    read = [read_status_list(bytes.fromhex(data), keys, trust) for data in CONTEXT["status_lists"].values()]
    return trust, {status.number: status for status in read}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verdict(case, lists):
    trust, statuses = lists
    given = case["text"] if "text" in case else bytes.fromhex(case["hex"])
    verdict = verify(given, trust if case["trust"] else None,
                     {n: statuses[n] for n in case["statuses"]}, case["now"])
    assert (verdict.code, verdict.by) == (case["verdict"], case.get("by")), verdict.reason
    assert (verdict.centre is None) == (verdict.code in UNSIGNED)
    assert (verdict.claims is None) == (verdict.code is Code.MALFORMED)


def test_all_twelve_verdicts_occur_and_names_are_unique():
    assert {case["verdict"] for case in CASES} == set(Code)
    assert len({case["name"] for case in CASES}) == len(CASES) >= 150


def test_the_script_writes_these_files():
    written = runpy.run_path(str(VECTORS / "make_certificate_qr.py"))
    assert json.loads(json.dumps(written["cases"]())) == CASES
    assert written["context"]() == CONTEXT
