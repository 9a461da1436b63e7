"""What `appraisal-desk trust show` tells of the keys: each with its own algorithm."""

import json
from pathlib import Path

import pytest

from appraisal.credential.cose import ED25519, SM2
from appraisal.credential.trust import vouched_trust_list
from appraisal.domain.errors import RuleViolation
from desktop.commands.upkeep import trust_show

CONTEXT = json.loads(
    (Path(__file__).parents[1] / "vectors" / "certificate-qr" / "context.json").read_text("utf-8"))


def test_each_key_with_its_suite():
    trust = vouched_trust_list(bytes.fromhex(CONTEXT["trust_list"]))
    answer = trust_show(trust)
    shown = {one["centre_en"]: (one["alg"], one["suite"], len(one["public"]) // 2) for one in answer.result["keys"]}
    assert shown == {
        **dict.fromkeys(("Demonstration Centre", "Closed Centre", "Retired Centre"), (ED25519, "Ed25519", 32)),
        **dict.fromkeys(("SM2 Demonstration Centre", "SM2 Closed Centre"), (SM2, "SM2", 64))}
    assert {one.key.kid.hex() for one in trust.keys} == {one["kid"] for one in answer.result["keys"]}


def test_the_lines_name_it_too():
    trust = vouched_trust_list(bytes.fromhex(CONTEXT["trust_list"]))
    lines = trust_show(trust).said
    of_sm2 = next(one for one in trust.keys if one.centre.en == "SM2 Demonstration Centre")
    assert f"{of_sm2.key.kid.hex()}  SM2      国密示范中心 / SM2 Demonstration Centre" in lines


def test_without_a_list_it_says_so():
    with pytest.raises(RuleViolation) as refusal:
        trust_show(None)
    assert refusal.value.code == "no_trust_list"
