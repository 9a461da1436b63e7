"""`appraisal-desk`: the window without a command, everything else with one (docs/manual lists them)."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.commands.answer import FAULT, REFUSED, USAGE, Answer
from desktop.commands.session import DATA

Run = Callable[[argparse.Namespace], Answer]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = _parser()
    try:
        given = parser.parse_args(arguments)
    except SystemExit as left:
        return USAGE if left.code else 0
    given.data = given.data_given or Path(os.environ.get(DATA) or default_data())
    if given.command is None:
        from desktop.gui import run_window  # noqa: PLC0415 - a command needs no window

        return run_window(given.data)
    return _answer(given)


def _answer(given: argparse.Namespace) -> int:
    from desktop import bootstrap  # noqa: PLC0415 - a wrong usage is answered before anything is loaded
    from desktop.errors import sentence_of  # noqa: PLC0415

    bootstrap.choose_command_language(given.language)
    try:
        answer: Answer = getattr(bootstrap, f"run_{given.run}")(given)
    except RuleViolation as refusal:
        answer = Answer({"error": refusal.code, "field": refusal.field}, [sentence_of(refusal)], REFUSED)
    except EnvironmentFault as fault:
        answer = Answer({"error": fault.code}, [sentence_of(fault)], FAULT)
    people = sys.stderr if given.json else sys.stdout
    for line in answer.said:
        print(line, file=sys.stderr if answer.exit else people)
    if given.json:
        print(json.dumps(answer.result, ensure_ascii=False, default=str))
    return answer.exit


def default_data() -> Path:
    """Where a desk's data lies when nothing says otherwise."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "AppraisalDesk"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "appraisal-desk"


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, dest="data_given", default=argparse.SUPPRESS, help="the desk's data folder")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON object on standard output")
    common.add_argument("--language", choices=("zh_CN", "en"), default=argparse.SUPPRESS)
    parser = argparse.ArgumentParser("appraisal-desk", description=__doc__, parents=[common])
    parser.set_defaults(data_given=None, json=False, language=None, command=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(where: Any, name: str, run: str, help_: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = where.add_parser(name, help=help_, parents=[common])
        made.set_defaults(run=run)
        return made

    def group(name: str, help_: str) -> Any:
        return commands.add_parser(name, help=help_).add_subparsers(dest="verb", required=True, metavar="VERB")

    demo = add(commands, "demo", "demo", "one appraisal day, from a roster to certificates that verify")
    demo.add_argument("--out", type=Path, required=True)
    for name in ("--roster", "--admissions", "--marks", "--photos"):
        demo.add_argument(name, type=Path)
    demo.add_argument("--library", help="sqlite:///FILE or postgresql+psycopg://…")
    demo.add_argument("--seed", type=int)

    init = add(commands, "init", "init", "a new centre in the data folder")
    which = init.add_mutually_exclusive_group(required=True)
    which.add_argument("--demo", action="store_true")
    which.add_argument("--centre", type=Path, metavar="FILE.toml")

    for name, run in (("roster", "roster"), ("admissions", "admissions"), ("marks", "marks"), ("numbers", "numbers")):
        one = add(group(name, f"{name} from a file"), "import", run, "preview with --dry-run, else commit")
        one.add_argument("file", type=Path)
        one.add_argument("--batch", required=True)
        one.add_argument("--dry-run", action="store_true")
        if name == "roster":
            one.add_argument("--preset", help="a saved mapping of column headers (TOML: header = field)", type=Path)
            one.add_argument("--consent", action="append", default=[], metavar="PURPOSE",
                             help="the organisation holds signed consent: association, publicity, recommendation")
        if name == "marks":
            one.add_argument("--entry", choices=("first", "second"), default="first")

    certificates = group("certificates", "issue and print")
    add(certificates, "issue", "issue", "to everybody who has passed").add_argument("--batch", required=True)
    render = add(certificates, "render", "render", "as PDF")
    render.add_argument("--batch", required=True)
    render.add_argument("--out", type=Path, required=True)
    render.add_argument("--single", action="store_true", help="one file a certificate")

    verify = add(commands, "verify", "verify", "certificates in files, folders and texts")
    verify.add_argument("inputs", nargs="+", metavar="PATH|TEXT")
    verify.add_argument("--trust", type=Path)
    verify.add_argument("--status", type=Path)
    verify.add_argument("--identity", metavar="NUMBER")

    bundle = group("bundle", "what travels between desk and library")
    add(bundle, "request", "bundle_request", "an enrolment request for a library").add_argument(
        "--out", type=Path, required=True)
    add(bundle, "export", "bundle_export", "everything since the last receipt").add_argument(
        "--out", type=Path, required=True)
    for name in ("import", "inspect"):
        add(bundle, name, f"bundle_{name}", "a receipt, grant or list" if name == "import" else "what a bundle holds",
            ).add_argument("path", type=Path)

    add(group("trust", "whom verdicts rest on"), "show", "trust", "the trust list")
    journal = group("journal", "the record of everything")
    add(journal, "verify", "journal_verify", "every entry, every hash")
    add(journal, "rebuild", "journal_rebuild", "make all tables again and compare").add_argument(
        "--check", action="store_true", required=True)
    add(journal, "kinds", "journal_kinds", "kinds of entries and their fields")
    backup = group("backup", "copies")
    for name in ("create", "check", "restore"):
        add(backup, name, f"backup_{name}", f"{name} a copy").add_argument("path", type=Path)
    add(commands, "doctor", "doctor", "what a support call asks first")
    add(commands, "self-test", "self_test", "known keys, shipped files")
    return parser


if __name__ == "__main__":
    sys.exit(main())
