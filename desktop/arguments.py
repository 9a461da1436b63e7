"""The words of the command line. What scripts rely on is in docs/manual: change it only by adding."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from db.folder import place_of

ABOUT = "Appraisal Desk 鉴定台: the window without a command, everything else with one."
DATA = "APPRAISAL_DESK_DATA"
Group = Any
"""What argparse gives for sub-commands; its class has no public name."""


def default_data() -> Path:
    """Where a desk's data lies when nothing says otherwise."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "AppraisalDesk"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "appraisal-desk"


def _common() -> argparse.ArgumentParser:
    """Made anew for each command: parsers that share options share their defaults too. A default here would undo what
    stands before the command."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=place_of, dest="data_given", default=argparse.SUPPRESS,
                        metavar="FOLDER|URL", help="the desk's data folder, or postgresql+psycopg://…")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS,
                        help="one JSON object on standard output, sentences on standard error")
    common.add_argument("--language", choices=("zh_CN", "en"), default=argparse.SUPPRESS)
    return common


class _Words:
    """A parser under construction: every command takes the common options, before or after its name."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser("appraisal-desk", description=ABOUT, parents=[_common()])
        self.parser.set_defaults(data_given=None, json=False, language=None, command=None)
        self.top: Group = self.parser.add_subparsers(dest="command", metavar="COMMAND")

    def group(self, name: str, about: str) -> Group:
        return self.top.add_parser(name, help=about).add_subparsers(dest="verb", required=True, metavar="VERB")

    def add(self, where: Group, name: str, run: str, about: str) -> argparse.ArgumentParser:
        """`run`: which function of desktop.bootstrap answers."""
        made: argparse.ArgumentParser = where.add_parser(name, help=about, parents=[_common()])
        made.set_defaults(run=run)
        return made


def parser() -> argparse.ArgumentParser:
    words = _Words()
    _beginnings(words)
    _imports(words)
    _certificates(words)
    _papers(words)
    _exchange(words)
    _updates(words)
    _operators(words)
    _upkeep(words)
    return words.parser


def _beginnings(words: _Words) -> None:
    demo = words.add(words.top, "demo", "demo", "one appraisal day, from a roster to certificates that verify")
    demo.add_argument("--out", type=Path, required=True)
    for name in ("--roster", "--admissions", "--marks", "--photos"):
        demo.add_argument(name, type=Path)
    demo.add_argument("--library", help="sqlite:///FILE or postgresql+psycopg://…")
    demo.add_argument("--seed", type=int, help="for the drawn portraits")
    init = words.add(words.top, "init", "init", "a new centre, or another desk of one on a server")
    which = init.add_mutually_exclusive_group(required=True)
    which.add_argument("--demo", action="store_true")
    which.add_argument("--centre", type=Path, metavar="FILE.toml")
    which.add_argument("--join", action="store_true", help="this computer becomes a desk of the centre at --data URL")
    init.add_argument("--desk", type=int, metavar="NUMBER",
                      help="with --join: in place of that desk, whose computer is gone")
    _passphrases(init)


def _passphrases(words: argparse.ArgumentParser) -> None:
    words.add_argument("--passphrase-stdin", action="store_true",
                       help="passphrases that would be asked for are lines of standard input")


def _imports(words: _Words) -> None:
    for name in ("roster", "photos", "admissions", "marks", "numbers"):
        one = words.add(words.group(name, f"{name} from a file"), "import", name, "preview with --dry-run, else commit")
        one.add_argument("file", type=Path)
        one.add_argument("--batch", required=True, help="id or code")
        one.add_argument("--dry-run", action="store_true")
        if name == "roster":
            one.add_argument("--every-row", action="store_true", help="take in nothing while a row is refused")
            one.add_argument("--refused", type=Path, metavar="FILE.xlsx",
                             help="write the refused rows into a workbook to send back, what to mend in its cells")
            one.add_argument("--preset", type=Path, help="a mapping of column headers, TOML: header = field")
            one.add_argument("--consent", action="append", default=[], metavar="PURPOSE",
                             help="the organisation holds signed consent: association, publicity, recommendation")
        if name == "photos":
            one.add_argument("--replace", action="store_true",
                             help="take these in place of photos that people have already, which stay otherwise")
        if name == "marks":
            one.add_argument("--entry", choices=("first", "second"), default="first")


def _certificates(words: _Words) -> None:
    certificates = words.group("certificates", "issue and print")
    words.add(certificates, "issue", "issue", "to everybody who has passed").add_argument("--batch", required=True)
    render = words.add(certificates, "render", "render", "as PDF")
    render.add_argument("--batch", required=True)
    render.add_argument("--out", type=Path, required=True)
    render.add_argument("--single", action="store_true", help="one file a certificate")
    by = render.add_mutually_exclusive_group()
    by.add_argument("--sign", type=Path, metavar="PKCS12",
                    help="sign the PDFs (PAdES); the file's passphrase is asked for")
    by.add_argument("--sign-by-centre", action="store_true", help="sign them with the key that signs certificates")
    _passphrases(render)
    badge = words.add(certificates, "badge", "badge", "as Open Badges, signed by this centre")
    badge.add_argument("numbers", nargs="+", metavar="NUMBER")
    badge.add_argument("--out", type=Path, required=True)
    badge.add_argument("--jwt", action="store_true", help="as vc+jwt too")
    badge.add_argument("--status-url", metavar="URL",
                       help="where the association's exported status lists are: talent-library publish --status-url")
    agree = words.add(words.group("issuing", "what a supervisor takes upon themselves"), "agree", "issuing_agree",
                      "to old lists for some days, or that the clock is right now")
    agree.add_argument("what", choices=("lists", "clock"))
    agree.add_argument("--reason", required=True)
    verify = words.add(words.top, "verify", "verify", "certificates in files, folders and texts")
    verify.add_argument("inputs", nargs="+", metavar="PATH|TEXT")
    verify.add_argument("--trust", type=Path, help="a trust list; whoever names it vouches for it")
    verify.add_argument("--root", type=Path, help="a root document: the trust list has to come from its keys")
    verify.add_argument("--csv", type=Path, metavar="FILE", help="write the results as a table too")
    verify.add_argument("--status", type=Path, help="a folder of status lists")
    verify.add_argument("--identity", metavar="NUMBER", help="is this the person's document number?")


def _papers(words: _Words) -> None:
    render = words.add(words.group("registers", "a batch on paper"), "render", "registers_render",
                       "registers, tickets and stickers as PDF")
    render.add_argument("--batch", required=True)
    render.add_argument("--out", type=Path, required=True)
    render.add_argument("--only", action="append", default=[], metavar="NAME", help="of these; all unless given")
    render.add_argument("--sheets", action="store_true", help="as workbooks too")
    archive = words.group("archive", "what a finished batch leaves")
    make = words.add(archive, "make", "archive_make", "one zip: five volumes, a catalogue, SHA-256 of every file")
    make.add_argument("--batch", required=True)
    make.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    words.add(archive, "check", "archive_check", "is it whole?").add_argument("path", type=Path)


def _exchange(words: _Words) -> None:
    bundle = words.group("bundle", "what travels between desk and library")
    request = words.add(bundle, "request", "bundle_request", "an enrolment request for a library, and its words")
    request.add_argument("--out", type=Path, required=True)
    request.add_argument("--qr", type=Path, metavar="FILE.png", help="the request as a picture too")
    words.add(bundle, "export", "bundle_export", "all since the last receipt").add_argument(
        "--out", type=Path, required=True)
    taken = words.add(bundle, "import", "bundle_import", "a receipt, grant or list")
    which = taken.add_mutually_exclusive_group(required=True)
    which.add_argument("path", type=Path, nargs="?")
    which.add_argument("--short", metavar="TEXT|FILE.png", help="a short receipt, typed or as a picture")
    taken.add_argument("--replace", action="store_true",
                       help="a grant of a second library takes the place of the first")
    words.add(bundle, "inspect", "bundle_inspect", "what a bundle says it holds").add_argument("path", type=Path)
    rotate = words.add(words.group("key", "this desk's own keys"), "rotate", "key_rotate",
                       "a new key for what this desk sends; the library follows by itself")
    rotate.add_argument("--certificates", action="store_true", help="in its place, the key that signs certificates")
    _send(bundle, words)


def _updates(words: _Words) -> None:
    taken = words.add(words.group("updates", "what the association publishes for its desks"), "import",
                      "updates_import", "lists, numbers, schemes: from a repository folder, or over HTTPS")
    taken.add_argument("source", metavar="PATH|URL", help="a folder, or https://…/v1/updates")
    taken.add_argument("--ca", type=Path, metavar="PEM", help="the authority behind the server's TLS certificate")


def _send(bundle: Group, words: _Words) -> None:
    send = words.add(bundle, "send", "bundle_send", "to the library over HTTPS, and its receipt back")
    send.add_argument("--to", metavar="URL", help="https://…; remembered from the first time on")
    send.add_argument("--ca", type=Path, metavar="PEM", help="the authority behind the library's TLS certificate")
    send.add_argument("--bundle", type=Path, metavar="PATH", help="this one, instead of all since the last receipt")
    send.add_argument("--patience", type=float, default=300, metavar="SECONDS",
                      help="how long to try without any progress; %(default)s unless given")


def _operators(words: _Words) -> None:
    operators = words.group("operators", "who works here")
    words.add(operators, "list", "operators_list", "logins, names and roles")
    enrol = words.add(operators, "enrol", "operators_enrol", "a new operator; the passphrase is asked for")
    enrol.add_argument("login")
    enrol.add_argument("--name", required=True)
    enrol.add_argument("--role", action="append", required=True, dest="roles", metavar="ROLE")
    _passphrases(enrol)
    withdraw = words.add(operators, "withdraw", "operators_withdraw", "an operator who has left")
    withdraw.add_argument("login")
    withdraw.add_argument("--reason", required=True)


def _upkeep(words: _Words) -> None:
    words.add(words.group("trust", "whom verdicts rest on"), "show", "trust", "the trust list")
    journal = words.group("journal", "the record of everything")
    words.add(journal, "verify", "journal_verify", "every entry, every hash")
    words.add(journal, "rebuild", "journal_rebuild", "make all tables again and compare").add_argument(
        "--check", action="store_true", required=True)
    words.add(journal, "kinds", "journal_kinds", "kinds of entries and their fields")
    backup = words.group("backup", "copies")
    for name in ("create", "check", "restore"):
        words.add(backup, name, f"backup_{name}", f"{name} a copy").add_argument("path", type=Path)
    restore = words.add(words.top, "restore", "restore", "a backup, or what the library gives back")
    restore.add_argument("backup", type=Path, nargs="?", help="its folder; checked, and put into --data")
    restore.add_argument("--from", type=Path, dest="given_back", metavar="RESTORATION",
                         help="what `talent-library restore` has written")
    words.add(words.top, "doctor", "doctor", "what a support call asks first")
    words.add(words.top, "self-test", "self_test", "known keys, shipped files")
