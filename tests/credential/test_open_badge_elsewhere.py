"""Verifiers by others accept what we make and refuse it changed: npm's, pinned in third_party/package-lock.json.

`npm ci` is run where they are not installed yet; the verifying itself has no network and is served our contexts.
"""

import copy
import json
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from credential_kit import CENTRE, CLAIMS, DAY, LIST, trust_list

from appraisal.credential.badge import badge
from appraisal.credential.bitstring import Purpose, file_name, status_credential
from appraisal.credential.claims import to_bytes
from appraisal.credential.cose import sign1
from appraisal.credential.integrity import Suite, prove
from appraisal.credential.jose import to_jwt
from appraisal.credential.linked_data import contexts
from appraisal.credential.status import Status, StatusList
from appraisal.credential.verdict import verify

pytestmark = pytest.mark.long

HERE = Path(__file__).parent / "third_party"
URL = "https://lists.example.cn/s"
NOW = int(time.time())  # their clock is the machine's
CERTIFICATE = replace(CLAIMS, issued=NOW - 10 * DAY, expires=NOW + 1000 * DAY)
TRUST = replace(trust_list(), issued=NOW - DAY, expires=NOW + DAY,
                keys=(replace(trust_list().keys[0], sign_from=NOW - 20 * DAY),))
GOOD = StatusList(3, NOW - 60, NOW + DAY)


@pytest.fixture(scope="module", autouse=True)
def installed():
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node, "Node is needed for the verifiers of others"
    assert npm, "npm is needed for the verifiers of others"
    lock, done = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True, capture_output=True)


def answers(cases, status=GOOD):
    lists = {f"{URL}/{file_name(3, purpose)}": status_credential(status, purpose, URL, LIST) for purpose in Purpose}
    asked = json.dumps({"contexts": contexts(), "lists": lists, "cases": cases})
    done = subprocess.run(["node", HERE / "verify.mjs"], input=asked.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


def unproved():
    return badge(verify(sign1(to_bytes(CERTIFICATE), CENTRE), TRUST, {3: GOOD}, NOW), CENTRE.public,
                 "verify.example.cn", URL)


BADGE = unproved()
SECURED = prove(BADGE, CENTRE, NOW - 60)


def without(proof_of, document=SECURED):
    """With the one proof alone, so that no other speaks for it."""
    return document | {"proof": [one for one in document["proof"] if one["cryptosuite"] == proof_of]}


@pytest.mark.parametrize("suite", list(Suite))
def test_they_accept_each_proof(suite):
    whole, alone = answers([{"credential": one, "suite": suite} for one in (SECURED, without(suite))])
    assert (whole["verified"], alone["verified"]) == (True, True), (whole, alone)
    assert whole["status"] == {"revocation": False, "suspension": False}


@pytest.mark.parametrize("suite", list(Suite))
def test_they_refuse_it_changed(suite):
    changes = {
        "name": lambda one: one.update(name="另一个"),
        "holder": lambda one: one["credentialSubject"]["identifier"][0].update(identityHash="李四"),
        "mark": lambda one: one["credentialSubject"]["result"][0].update(value="100"),
        "until": lambda one: one.update(validUntil="2999-01-01T00:00:00Z"),
        "evidence": lambda one: one["evidence"][0].update(id="https://verify.example.cn/#0"),
        "index": lambda one: one["credentialStatus"][0].update(statusListIndex="70001"),
        "created": lambda one: [proof.update(created="2026-01-01T00:00:00Z") for proof in one["proof"]],
    }
    cases = []
    for change in changes.values():
        document = copy.deepcopy(SECURED)
        change(document)
        cases.append({"credential": without(suite, document), "suite": suite})
    said = dict(zip(changes, answers(cases), strict=True))
    found = {name: (one["verified"], "Invalid signature" in one["said"]) for name, one in said.items()}
    assert found == dict.fromkeys(changes, (False, True))


@pytest.mark.parametrize(("state", "expected"), [
    (Status.REVOKED, (True, False)), (Status.SUSPENDED, (False, True)), (Status.REPLACED, (True, False))])
def test_they_read_its_status(state, expected):
    found, = answers([{"credential": SECURED, "suite": Suite.JCS}], GOOD.changed({70_000: state}, NOW - 50, NOW + DAY))
    assert tuple(found["status"][purpose] for purpose in Purpose) == expected, found


@pytest.mark.parametrize("suite", list(Suite))
def test_they_accept_a_status_list_and_refuse_it_changed(suite):
    made = status_credential(GOOD, Purpose.REVOCATION, URL, LIST)
    spoilt = copy.deepcopy(made)
    spoilt["credentialSubject"]["statusPurpose"] = "suspension"
    good, bad = answers([{"credential": one, "suite": suite} for one in (made, spoilt)])
    assert (good["verified"], bad["verified"]) == (True, False), (good, bad)
    assert "Invalid signature" in bad["said"]


def test_they_accept_the_jwt_and_refuse_it_changed():
    text = to_jwt(BADGE, CENTRE)
    header, payload, signature = text.split(".")
    other = to_jwt(BADGE | {"name": "另一个"}, CENTRE).split(".")[1]
    good, bad = answers([{"jwt": text}, {"jwt": f"{header}.{other}.{signature}"}])
    assert (good["verified"], bad["verified"], payload == other) == (True, False, False), (good, bad)
