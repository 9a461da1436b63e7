"""The words of `talent-library` for what officers decide: `officer`, `enrol`, `desk withdraw`, `receipt short`."""

import argparse
from pathlib import Path
from typing import Any

from library import desk_commands, officer_commands

Group = Any
"""What argparse gives for sub-commands; its class has no public name."""


def add(some: Group, shared: argparse.ArgumentParser) -> None:
    who = _who()
    _enrol(some, [shared, who])
    officer = some.add_parser("officer", help="who decides for the association").add_subparsers(
        required=True, metavar="add|list|withdraw")
    recovery = argparse.ArgumentParser(add_help=False)
    recovery.add_argument("--recovery-key", type=Path, metavar="FILE", help="in place of --by, where officers are gone")
    for name, run, about in (("add", officer_commands.officer_add, "a new officer; the passphrase is asked for"),
                             ("withdraw", officer_commands.officer_withdraw, "an officer who has left")):
        one = officer.add_parser(name, help=about, parents=[shared, who, recovery])
        one.add_argument("name")
        one.set_defaults(run=run)
    officer.add_parser("list", help="names, keys, since when", parents=[shared]).set_defaults(
        run=officer_commands.officer_list)
    short = some.add_parser("receipt", help="receipts given").add_subparsers(required=True, metavar="short").add_parser(
        "short", help="a receipt to be typed or photographed, where no stick goes back", parents=[shared])
    short.add_argument("desk", help="its id, or the beginning of it")
    short.add_argument("number", type=int, nargs="?", help="of the receipt; the newest unless given")
    short.add_argument("--qr", type=Path, metavar="FILE.png")
    short.set_defaults(run=desk_commands.receipt_short)


def add_withdraw(desk: Group, shared: argparse.ArgumentParser) -> None:
    one = desk.add_parser("withdraw", help="what it wrote up to a place stays, nothing after; two officers approve",
                          parents=[shared, _who()])
    one.add_argument("desk", help="its id, or the beginning of it")
    one.add_argument("--at", action="append", default=[], metavar="EPOCH:SEQ:HASH", help="the last entry that counts")
    one.add_argument("--at-head", action="store_true", help="what the library has now")
    one.add_argument("--reason", required=True)
    one.add_argument("--compromised", action="store_true",
                     help="somebody else may have its keys: of its certificates only known ones are believed")
    one.set_defaults(run=desk_commands.withdraw_desk)


def _who() -> argparse.ArgumentParser:
    who = argparse.ArgumentParser(add_help=False)
    who.add_argument("--by", action="append", default=[], metavar="NAME",
                     help="an officer who approves; two are needed")
    who.add_argument("--passphrase-stdin", action="store_true",
                     help="passphrases from standard input, a line each, in the order of the names")
    return who


def _enrol(some: Group, parents: list[argparse.ArgumentParser]) -> None:
    enrol = some.add_parser("enrol", help="look at a desk's request, approve it; two approvals give the grant",
                            parents=parents)
    enrol.add_argument("request", type=Path, help="request.cose, or a picture of its QR")
    enrol.add_argument("--out", type=Path, default=Path(), help="where the grant is written")
    enrol.set_defaults(run=officer_commands.enrol_desk)
