"""The words of `talent-library` for what an officer decides: `questions …`, `desk list`, `desk release`."""

import argparse
from dataclasses import asdict
from typing import Any

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.sentences import say
from db.terminal import Passphrases
from library.commands import Answer
from library.officer_commands import who
from library.officer_words import Group
from library.officers import Officer
from library.opening import Library
from library.plain_words import minute
from library.question_rows import QuestionRow
from library.questions import Question, decide, open_questions, question
from library.releasing import list_desks, release
from library.sides import Side

MOST = 200


def add(some: Group, desk: Group, shared: argparse.ArgumentParser) -> None:
    """`desk`: the sub-commands of `desk`."""
    officer = argparse.ArgumentParser(add_help=False)
    officer.add_argument("--by", required=True, metavar="NAME", help="the officer who decides")
    officer.add_argument("--reason", required=True, help="kept for good")
    officer.add_argument("--passphrase-stdin", action="store_true", help="the passphrase from standard input")
    group = some.add_parser("questions", help="what an officer has to decide").add_subparsers(
        required=True, metavar="list|show|decide")
    group.add_parser("list", help="what is open, the oldest first", parents=[shared]).set_defaults(run=list_questions)
    show = group.add_parser("show", help="both sides, who, when and where", parents=[shared])
    show.add_argument("id", help="of the question, or the beginning of it")
    show.set_defaults(run=show_question)
    one = group.add_parser("decide", help="say what is right", parents=[shared, officer])
    one.add_argument("id")
    one.add_argument("--choose", required=True, metavar="CHOICE", help="a side's number, or a word that show names")
    one.set_defaults(run=decide_question)
    desk.add_parser("list", help="enrolled desks, and which are held", parents=[shared]).set_defaults(run=desk_list)
    free = desk.add_parser("release", help="take a held desk's entries in again", parents=[shared, officer])
    free.add_argument("desk", help="its id, or the beginning of it")
    free.add_argument("--truth", default="library", metavar="HASH",
                      help="of the entry that is right where two follow; without it, what is in force")
    free.set_defaults(run=desk_release)


def list_questions(library: Library, given: argparse.Namespace) -> Answer:
    found: list[QuestionRow] = []
    while page := open_questions(library, (found[-1].opened_at, found[-1].id) if found else None, MOST):
        found += page
    return Answer({"open": len(found), "questions": [_plain(row) for row in found]},
                  [_line(row, given.language) for row in found] or [say("questions_none", given.language)],
                  all_said=True)


def show_question(library: Library, given: argparse.Namespace) -> Answer:
    found = question(library, given.id)
    fields = _plain(found.row) | {"stands": found.stands, "choices": list(found.choices),
                                  "sides": [asdict(side) for side in found.sides]}
    return Answer(fields, [_line(found.row, given.language), *_sides(found, given.language)], all_said=True)


def decide_question(library: Library, given: argparse.Namespace) -> Answer:
    row = decide(library, given.id, given.choose, given.reason, _officer(library, given))
    said = say("question_now_decided", given.language, id=row.id[:12], choice=row.decided.choice if row.decided else "")
    return Answer(_plain(row), [said], all_said=True)


def desk_list(library: Library, given: argparse.Namespace) -> Answer:
    desks = list_desks(library)
    said = [say("desk_line", given.language, desk=one.desk[:8], number=one.code, centre=one.centre,
                state=say(f"desk_state.{one.state}", given.language)) for one in desks]
    said += [say("desk_is_held", given.language, desk=one.desk[:8], centre=one.code, sides="\n  ".join(one.sides))
             for one in desks if one.state == "held"]
    return Answer({"desks": [asdict(one) for one in desks]}, said or [say("desks_none", given.language)], all_said=True)


def desk_release(library: Library, given: argparse.Namespace) -> Answer:
    desk = _desk(library, given.desk)
    done = release(library, desk, given.truth, given.reason, _officer(library, given))
    said = say("desk_now_released", given.language, desk=desk[:8], taken=done.taken, rejected=done.rejected)
    return Answer(asdict(done), [said], all_said=True)


def _officer(library: Library, given: argparse.Namespace) -> Officer:
    by = argparse.Namespace(by=[given.by])
    return next(iter(who(library, by, Passphrases(from_input=given.passphrase_stdin))))


def _desk(library: Library, beginning: str) -> Id:
    found = [one.desk for one in list_desks(library) if one.desk.startswith(beginning)]
    if len(found) != 1:
        raise RuleViolation("desk_unknown", "desk", desk=beginning)
    return found[0]


def _plain(row: QuestionRow) -> dict[str, Any]:
    return {"id": row.id, "kind": row.kind.value, "opened_at": row.opened_at, "matter": row.matter,
            "person": row.person, "other": row.other, "desk": row.desk, "over": list(row.over), "state": row.state,
            "decided": asdict(row.decided) if row.decided else None}


def _line(row: QuestionRow, language: str) -> str:
    return f"{row.id[:12]}  {minute(row.opened_at)}  {say(f'question_{row.kind.value}', language)}  {row.matter}"


def _sides(found: Question, language: str) -> list[str]:
    lines = [f"  {number}. {_side(side)}" for number, side in enumerate(found.sides, 1)]
    if found.stands is not None:
        lines.append("  " + say("question_stands", language, value=found.stands))
    lines.append("  " + (say("question_choices", language, choices=", ".join(found.choices)) if found.choices
                         else say("question_by_release", language, desk=(found.row.desk or "")[:8])))
    return lines


def _side(side: Side) -> str:
    said = [side.value, side.centre, minute(side.at) if side.at else "", side.operator[:8], side.why, side.ref]
    return " | ".join(one for one in said if one)

