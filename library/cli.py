"""`talent-library`: the association's side from the command line.

One object on standard output with --json and nothing else there; people's text goes to standard error. Ends with
0 done, 1 refused by a rule, 2 wrong usage, 3 fault of the environment.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from appraisal.catalogue import load_schemes
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.sentences import LANGUAGES, say
from db.engine import open_url
from library import commands, officer_words, plain_words, question_words, repository_commands
from library.commands import Answer
from library.opening import Library, open_library

DEFAULT_URL = "sqlite:///library.db"
"""A file in the working folder; TALENT_LIBRARY_URL says another."""
WRONG_USAGE = frozenset({"withdrawal_place", "withdrawal_by_missing", "certificate_contested",
                         "status_url_without_out"})
"""Refusals of a command that did not say enough."""


def main(arguments: Sequence[str] | None = None) -> int:
    spoken = "zh_CN" if os.environ.get("LANG", "").startswith("zh") else "en"
    given = _parser().parse_args(arguments, argparse.Namespace(language=spoken))
    try:
        answer = _run(given)
    except RuleViolation as refusal:
        return _refuse(given, 2 if refusal.code in WRONG_USAGE else 1, refusal.code, refusal.detail)
    except EnvironmentFault as fault:
        return _refuse(given, 3, fault.code, fault.detail)
    except OperationalError as fault:
        return _refuse(given, 3, "library_database_fault", {"reason": str(fault.orig).strip()})
    for sentence in answer.said:
        print(sentence, file=sys.stderr)  # noqa: T201 - a command's output
    _show(given, answer)
    return 0 if answer.complete else 1


def _run(given: argparse.Namespace) -> Answer:
    with ExitStack() as opened:
        if given.run is commands.init:
            given.like = _engine(opened, given.like) if given.like else None
            made: Answer = commands.init(_engine(opened, given.url, new=True), given, _clock, os.urandom)
            return made
        library = open_library(_engine(opened, given.url), load_schemes(), _clock, os.urandom)
        answer: Answer = given.run(library, given)
        return answer


def _engine(opened: ExitStack, url: str, *, new: bool = False) -> Engine:
    """A file is made only where a library is."""
    if url.startswith("sqlite:///"):
        file = Path(url.removeprefix("sqlite:///"))
        if new:
            file.parent.mkdir(parents=True, exist_ok=True)
        elif not file.exists():
            raise EnvironmentFault("no_library_here")
    engine = open_url(url)
    opened.callback(engine.dispose)
    return engine


def _clock() -> int:
    return time.time_ns() // 1_000_000


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="one JSON object on stdout")
    shared.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS,
                        help="of the sentences; without it, what LANG says")
    parser = argparse.ArgumentParser(prog="talent-library", description=__doc__, parents=[shared])
    parser.add_argument("--url", default=os.environ.get("TALENT_LIBRARY_URL", DEFAULT_URL),
                        help="sqlite:///FILE or postgresql+psycopg://…; %(default)s unless given")
    some = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[..., Answer], about: str) -> argparse.ArgumentParser:
        one = some.add_parser(name, help=about, parents=[shared])
        one.set_defaults(run=run)
        return one

    init = command("init", commands.init, "make the library; one that is there already stays as it is")
    whose = init.add_mutually_exclusive_group()
    whose.add_argument("--recovery", help="age recipient of the recovery key; without it, one is made and written down")
    whose.add_argument("--like", metavar="URL", help="give it the identity of that library, to go on in its place")
    init.add_argument("--out", type=Path, default=Path(), help="where the recovery key is written")
    init.add_argument("--demo", action="store_true", help="with two officers, demo-a and demo-b, for a demonstration")
    officer_words.add(some, shared)
    desk = some.add_parser("desk", help="desks that are enrolled").add_subparsers(required=True, metavar="VERB")
    officer_words.add_withdraw(desk, shared)
    question_words.add(some, desk, shared)
    ingest = command("ingest", commands.ingest, "take bundles in and answer each with a receipt")
    ingest.add_argument("paths", type=Path, nargs="+", help="bundles, or folders of bundles")
    ingest.add_argument("--out", type=Path, help="where receipts go; without it, into each bundle")
    restore = command("restore", commands.restore, "give a desk back what it has lost")
    restore.add_argument("desk", help="its number, or the beginning of it")
    restore.add_argument("--for", dest="given_to", metavar="DESK", help="a new desk of the same centre")
    restore.add_argument("--out", type=Path, required=True)
    publish = command("publish", repository_commands.publish, "write trust list and status lists, or all updates")
    where = publish.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=Path, help="a plain folder of lists")
    where.add_argument("--repository", type=Path, metavar="FOLDER", help="the repository of updates")
    publish.add_argument("--pictures", action="store_true", help="with --out: each delta as a QR too")
    publish.add_argument("--resources", type=Path, metavar="FOLDER", help="its schemes/, tables/, templates/ go along")
    publish.add_argument("--status-url", metavar="URL", help="with --out: the status lists as W3C's bitstrings too, "
                         "for readers of badges; you serve them at that address")
    repository_commands.add(some, shared)
    command("status", commands.show_status, "what the library holds")
    revoke = command("revoke", commands.revoke_certificate, "revoke a certificate for good")
    _certificate_words(revoke)
    for name, run, about in (("suspend", commands.suspend_certificate, "suspend a certificate for the time being"),
                             ("reinstate", commands.reinstate_certificate, "lift a suspension; not a revocation")):
        one = command(name, run, about)
        _certificate_words(one)
    _serve_words(command("serve", _serve, "take bundles in over HTTPS, and give out receipts and lists"))
    journal = some.add_parser("journal", help="look after the journal").add_subparsers(required=True, metavar="verify")
    verify = journal.add_parser("verify", help="every chain joined, nothing changed", parents=[shared])
    verify.set_defaults(run=commands.verify_journal)
    return parser


def _certificate_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("number")
    words.add_argument("--reason", required=True)
    words.add_argument("--certificate", default="", metavar="ID", help="which, where several contest the number")


def _serve_words(words: argparse.ArgumentParser) -> None:
    words.add_argument("--spool", type=Path, required=True, help="folder for what is being uploaded; of one process")
    words.add_argument("--host", default="127.0.0.1")
    words.add_argument("--port", type=int, default=8441, help="0: any that is free")
    words.add_argument("--tls-cert", type=Path, metavar="PEM", help="certificate with its chain")
    words.add_argument("--tls-key", type=Path, metavar="PEM")
    words.add_argument("--behind-proxy", action="store_true", help="a proxy on this machine does TLS")
    words.add_argument("--updates", type=Path, metavar="FOLDER", help="published files, given to everybody")
    words.add_argument("--keep-days", type=float, default=14, help="uploads untouched for longer are removed")
    words.add_argument("--desk-rate", type=float, default=16, metavar="MB/S", help="of one desk")
    words.add_argument("--rate", type=float, default=64, metavar="MB/S", help="of all desks together")
    words.add_argument("--console", action="store_true", help="pages for the officers, at /console")
    words.add_argument("--intakes", type=int, default=2, help="bundles taken in at once")


def _serve(library: Library, given: argparse.Namespace) -> Answer:
    from library.web.serving import serve  # noqa: PLC0415 - no other command needs a web server

    return serve(library, given, lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201


def _show(given: argparse.Namespace, answer: Answer) -> None:
    if getattr(given, "json", False):
        print(json.dumps(answer.fields, ensure_ascii=False))  # noqa: T201 - a command's output
    elif not answer.all_said:
        fields = {name: value for name, value in answer.fields.items() if name != "quarantine"}  # said in sentences
        for line in plain_words.lines(fields, given.language):
            print(line, file=sys.stderr)  # noqa: T201 - a command's output


def _refuse(given: argparse.Namespace, status: int, code: str, detail: Mapping[str, Any]) -> int:
    sentence = say(code, given.language, **detail)
    print(sentence, file=sys.stderr)  # noqa: T201 - a command's output
    if getattr(given, "json", False):
        print(json.dumps({"error": code, "message": sentence}, ensure_ascii=False))  # noqa: T201
    return status


if __name__ == "__main__":
    raise SystemExit(main())
