"""Certificates signed by SM2, as a desk meets them: in lists that it has adopted, and by command with files of them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from certificate_kit import LIST, REVOKED, certificate_text, exchange_of, granted_centre, operators, picture

from appraisal.credential.cose import Sm2Signer, verifying_key
from appraisal.credential.trust import CentreKey, make_trust_list
from appraisal.credential.verdict import Code
from appraisal.domain.certificate import Bilingual
from appraisal.usecases.adopt_grant import AdoptLists, adopt_lists
from desktop.commands.answer import DONE, REFUSED
from desktop.commands.verify import ListFiles, Lists, lists_from, verify_command
from desktop.viewmodels.verify import Verifier

VECTORS = Path(__file__).parents[1] / "vectors" / "certificate-qr"
CONTEXT, CASES = (json.loads((VECTORS / f"{name}.json").read_text("utf-8")) for name in ("context", "cases"))
SM2_TEXTS = [case for case in CASES if case["name"].startswith("sm2-") and "text" in case]
NEIGHBOUR = Sm2Signer.from_private(bytes([6]) * 32)
NAME = Bilingual("邻市职业技能评价中心", "Next City Skills Appraisal Centre")


@pytest.fixture
def centre(tmp_path):
    """The association has listed another centre since, which signs by SM2."""
    made = granted_centre(tmp_path / "desk")
    first = made.reads.trust()
    key = CentreKey(verifying_key(NEIGHBOUR.alg, NEIGHBOUR.public), NAME, first.keys[0].sign_from)
    second = replace(first, version=2, previous=first.digest, keys=(*first.keys, key))
    adopt_lists(AdoptLists(make_trust_list(second, LIST), (), operators(made)["supervisor"]), made.desk,
                exchange_of(made))
    yield made
    made.close()


def test_a_desk_reads_what_its_neighbour_signed(centre):
    verifier = Verifier(centre.reads, lambda: centre.clock() // 1000)
    good = certificate_text(centre, signer=NEIGHBOUR)
    seen, = verifier.of_bytes(picture(good))
    assert (seen.code, seen.centre, seen.kid) == (Code.VALID, NAME, NEIGHBOUR.kid)
    assert verifier.of_text(good) == seen
    assert verifier.of_text(certificate_text(centre, REVOKED, signer=NEIGHBOUR)).code is Code.REVOKED
    stranger = Sm2Signer.from_private(bytes([7]) * 32)
    assert verifier.of_text(certificate_text(centre, signer=stranger)).code is Code.KEY_UNKNOWN
    named_so = replace(stranger, kid=NEIGHBOUR.kid)
    assert verifier.of_text(certificate_text(centre, signer=named_so)).code is Code.BAD_SIGNATURE
    assert verifier.of_text(certificate_text(centre)).code is Code.VALID


def test_whose_it_is_is_told_under_either_suite(centre):
    """The id tag's salt is the kid, of whichever key."""
    answer = verify_command([certificate_text(centre, signer=NEIGHBOUR)],
                            Lists(centre.reads.trust(), centre.reads.statuses()), "110101199003070011", centre.clock)
    assert (answer.exit, answer.result["results"][0]["identity_matches"]) == (DONE, True)


@pytest.fixture
def files(tmp_path):
    trust, folder = tmp_path / "trust-list.cose", tmp_path / "statuses"
    folder.mkdir()
    trust.write_bytes(bytes.fromhex(CONTEXT["trust_list"]))
    for number, data in CONTEXT["status_lists"].items():
        (folder / f"status-{number}.cose").write_bytes(bytes.fromhex(data))
    return lists_from(ListFiles(trust, folder), Lists(None, {}))


@pytest.mark.parametrize("case", SM2_TEXTS, ids=[case["name"] for case in SM2_TEXTS])
def test_the_command_says_what_the_vectors_say(files, case):
    answer = verify_command([case["text"]], files, None, lambda: case["now"] * 1000)
    result, = answer.result["results"]
    assert (result["verdict"], result["centre_en"]) == (case["verdict"], "SM2 Demonstration Centre")
    assert answer.exit == DONE


def test_the_command_reads_a_folder_of_pictures(files, tmp_path, centre):
    """One as it was signed, one whose claims were signed by the key of another."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(picture(SM2_TEXTS[0]["text"]))
    (tmp_path / "pictures" / "b.png").write_bytes(picture(certificate_text(
        centre, signer=replace(NEIGHBOUR, private=bytes([5]) * 32))))
    answer = verify_command([str(tmp_path / "pictures")], files, None, lambda: CONTEXT["now"] * 1000)
    assert [one["verdict"] for one in answer.result["results"]] == ["VALID", "BAD_SIGNATURE"]
    assert answer.exit == REFUSED
