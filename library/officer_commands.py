"""`officer …` and `enrol`: what two people of the association decide, and how they give their passphrases."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.exchange.enrolment import read_grant
from appraisal.exchange.words import spoken
from appraisal.sentences import say
from db.files import write_durably
from db.folder import DEMONSTRATION_PASSPHRASE
from db.terminal import Passphrases
from library.commands import Answer, made_folder, unreadable
from library.enrol import Enrolled, enrol
from library.officers import (
    NEEDED,
    Officer,
    OfficerRow,
    add_officer,
    is_demonstration,
    officers,
    open_officer,
    withdraw_officer,
)
from library.opening import Library
from library.plain_words import day

LONGEST_FILE = 40 << 20
"""Of a request, or a photograph of its picture."""
_COSE = b"\xd2\x84"


def who(library: Library, given: argparse.Namespace, passphrases: Passphrases) -> Sequence[Officer]:
    """Those named by --by, each once. A demonstration officer's passphrase is public and not asked for."""
    return [_opened(library, name, passphrases) for name in dict.fromkeys(given.by)]


def _opened(library: Library, name: str, passphrases: Passphrases) -> Officer:
    demonstration = is_demonstration(library, name)
    try:
        return open_officer(library, name, DEMONSTRATION_PASSPHRASE if demonstration else passphrases.ask(name))
    except RuleViolation as refusal:
        if refusal.code != "passphrase_wrong":
            raise
        raise RuleViolation("officer_passphrase_wrong", "by", name=name) from refusal


def officer_add(library: Library, given: argparse.Namespace) -> Answer:
    passphrases = Passphrases(from_input=given.passphrase_stdin)
    new = passphrases.ask_new(given.name)
    add_officer(library, given.name, new, who(library, given, passphrases), recovery=_recovery(given))
    return officer_list(library, given)


def officer_withdraw(library: Library, given: argparse.Namespace) -> Answer:
    passphrases = Passphrases(from_input=given.passphrase_stdin)
    withdraw_officer(library, given.name, who(library, given, passphrases), recovery=_recovery(given))
    return officer_list(library, given)


def officer_list(library: Library, given: argparse.Namespace) -> Answer:
    with library.engine.begin() as connection:
        found = officers(connection)
    said = [_line(one, given.language) for one in found] or [say("officers_nobody", given.language)]
    return Answer({"officers": [asdict(one) for one in found]}, said, all_said=True)


def _line(one: OfficerRow, language: str) -> str:
    code = "officer_line" if one.withdrawn_at is None else "officer_line_withdrawn"
    said = say(code, language, name=one.name, since=day(one.added_at), until=day(one.withdrawn_at or 0), key=one.key)
    return said + (say("officer_demonstration", language) if one.demonstration else "")


def enrol_desk(library: Library, given: argparse.Namespace) -> Answer:
    """The request's file, or a picture of its QR."""
    request = _request(given.request)
    done = enrol(library, request, who(library, given, Passphrases(from_input=given.passphrase_stdin)))
    fields = {"library": library.id, "desk": done.request.desk, "code": done.request.code,
              "centre_zh": done.request.centre.zh, "centre_en": done.request.centre.en,
              "words_zh": spoken(done.fingerprint, "zh_CN"), "words_en": spoken(done.fingerprint, "en"),
              "approved_by": list(done.approved_by), "approvals": len(done.approved_by), "needed": NEEDED}
    if done.grant is None:
        return Answer(fields | {"state": "waits", "grant": None}, [_waiting(done, given.language)], all_said=True)
    path = made_folder(given.out) / "grant.cose"
    write_durably(path, done.grant)
    said = [say("enrol_granted", given.language, file=path)]
    if read_grant(done.grant).root is None:
        said.append(say("grant_without_root", given.language))
    return Answer(fields | {"state": "granted", "grant": str(path)}, said, all_said=True)


def _waiting(done: Enrolled, language: str) -> str:
    return say("enrol_waits", language, centre=done.request.code, approvals=len(done.approved_by), needed=NEEDED,
               words=spoken(done.fingerprint, language))


def _request(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_FILE + 1)
    except OSError as fault:
        raise unreadable(path, fault) from fault
    if data.startswith(_COSE):
        return data
    from appraisal.exchange.pictures import REQUEST, in_picture  # noqa: PLC0415 - what reads pictures loads slowly

    try:
        found = in_picture(REQUEST, data)
    except Malformed as fault:
        raise RuleViolation("request_malformed", reason=fault.reason) from fault
    if found is None:
        raise RuleViolation("request_malformed", reason="no_request_in_it")
    return found


def _recovery(given: argparse.Namespace) -> str | None:
    path: Path | None = given.recovery_key
    if path is None:
        return None
    try:
        return path.read_text("utf-8")
    except OSError as fault:
        raise unreadable(path, fault) from fault
    except UnicodeDecodeError as fault:
        raise RuleViolation("recovery_key_wrong", "recovery_key") from fault
