"""The `cwt` library accepts our envelopes and refuses them changed, and we read those it writes.

It wants another cbor2 than ours, so it has an environment of its own, made by pip where it is not there yet.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from credential_kit import CENTRE, CLAIMS, COSE, LIST, NOW, OTHER, Lists, trust_list

from appraisal.credential.claims import to_bytes
from appraisal.credential.cose import BadSignature, open1, read1, verifying_key
from appraisal.credential.trust import make_trust_list
from appraisal.credential.verdict import Code, verify

pytestmark = pytest.mark.long

HERE = Path(__file__).parent / "third_party"
CENTRE_SEED = bytes([2]) * 32


@pytest.fixture(scope="module")
def others():
    folder = Path(sys.prefix) / "others"
    python, wanted, done = folder / "bin" / "python", HERE / "requirements.txt", folder / "requirements.txt"
    if not done.exists() or done.read_bytes() != wanted.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "-r", wanted], check=True)
        done.write_bytes(wanted.read_bytes())

    def ask(check=(), sign=()):
        told = subprocess.run([python, "-W", "ignore", HERE / "cose.py"], check=True, capture_output=True,
                              input=json.dumps({"check": list(check), "sign": list(sign)}).encode())
        return json.loads(told.stdout)

    return ask


def question(envelope, key=CENTRE, kid=None):
    return {"envelope": envelope.hex(), "public": key.public.hex(), "kid": (kid or key.kid).hex()}


def test_they_accept_our_envelopes(others):
    envelopes = [(COSE, CENTRE), (make_trust_list(trust_list(), LIST), LIST)]
    answers = others(check=[question(envelope, key) for envelope, key in envelopes])
    assert answers["checked"] == [read1(envelope, max_bytes=4096).payload.hex() for envelope, _ in envelopes]


def test_they_refuse_them_changed_or_by_another_key(others):
    """Every byte of one certificate; and the whole under another key that is called as the one that signed."""
    changed = [COSE[:at] + bytes([COSE[at] ^ 1]) + COSE[at + 1:] for at in range(len(COSE))]
    asked = [question(COSE), question(COSE, OTHER, CENTRE.kid), *(question(one) for one in changed)]
    accepted, *refused = others(check=asked)["checked"]
    assert accepted is not None
    assert set(refused) == {None}


@pytest.mark.parametrize("alg", [-19, -8])
def test_ours_accepts_theirs(others, alg):
    header = [(1, alg), (4, f"0x{CENTRE.kid.hex()}")]
    payload = to_bytes(CLAIMS)
    (envelope,) = others(sign=[{"payload": payload.hex(), "seed": CENTRE_SEED.hex(), "header": header}])["signed"]
    theirs = bytes.fromhex(envelope)
    lists = Lists()
    assert verify(theirs, lists.trust, lists.statuses, NOW).code is Code.VALID
    assert (theirs == COSE) is (alg == CENTRE.alg)
    with pytest.raises(BadSignature):
        open1(theirs[:-1] + bytes([theirs[-1] ^ 1]), verifying_key(CENTRE.alg, CENTRE.public), max_bytes=4096)
