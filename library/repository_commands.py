"""`repository init|root`, `publish --repository`: the association's updates as a folder."""

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.sentences import say
from db.files import locked, write_durably
from db.terminal import Passphrases
from library.commands import Answer, made_folder, publish_lists
from library.opening import Library

LOCK = ".publishing"


def init(library: Library, given: argparse.Namespace) -> Answer:
    """Three root keys, each in a file under a passphrase of its own; two of them sign from now on."""
    from library import repository  # noqa: PLC0415 - no other command needs it

    passphrases, folder = Passphrases(from_input=given.passphrase_stdin), made_folder(given.keys)
    files = [folder / f"root-{number}.pem" for number in range(1, repository.ROOT_KEYS + 1)]
    for file in files:
        if file.exists():
            raise RuleViolation("root_key_file_exists", "keys", file=str(file))
    chosen = [passphrases.ask_new(file.stem) for file in files]
    if not all(chosen):
        raise RuleViolation("root_passphrase_missing", "passphrase")
    keys = [repository.new_root_key(os.urandom(32)) for _ in files]
    for file, key, passphrase in zip(files, keys, chosen, strict=True):
        write_durably(file, repository.root_key_to_pem(key, passphrase), mode=0o600)
    repository.begin(library, keys)
    return Answer({"root": 1, "keys": [{"file": str(file), "id": key.public_key.keyid}
                                       for file, key in zip(files, keys, strict=True)]},
                  [say("root_keys_made", given.language, folder=folder)], all_said=True)


def root(library: Library, given: argparse.Namespace) -> Answer:
    """The next root, signed by the keys in the files given."""
    from tuf.api.metadata import Metadata, Root  # noqa: PLC0415

    from library import repository  # noqa: PLC0415

    passphrases = Passphrases(from_input=given.passphrase_stdin)
    keys = [repository.root_key_from(path, passphrases.ask(path.stem)) for path in given.key]
    in_place: dict[str, Any] = {}
    for lost, path in given.replace or []:
        if Path(path).exists():
            raise RuleViolation("root_key_file_exists", "keys", file=path)
        key, passphrase = repository.new_root_key(os.urandom(32)), passphrases.ask_new(Path(path).stem)
        write_durably(Path(path), repository.root_key_to_pem(key, passphrase), mode=0o600)
        in_place[lost] = key
    data = repository.renew(library, keys, in_place=in_place, new_keys=given.new_keys,
                            new_list_key=given.new_list_key)
    made = Metadata[Root].from_bytes(data).signed
    return Answer({"root": made.version, "expires": made.expires.isoformat(),
                   "keys": list(made.roles[Root.type].keyids)},
                  [say("root_signed", given.language, root=made.version, expires=f"{made.expires:%Y-%m-%d}")],
                  all_said=True)


def publish(library: Library, given: argparse.Namespace) -> Answer:
    """Into a plain folder of lists (--out), or as a repository of updates (--repository)."""
    if given.repository is None:
        return publish_lists(library, given)
    if given.status_url is not None:
        raise RuleViolation("status_url_without_out", "status_url")
    from library.offering import offer  # noqa: PLC0415
    from library.repository import write_state  # noqa: PLC0415

    with _alone_in(made_folder(given.repository)):
        done = write_state(library, given.repository, offer(library, given.resources))
    said = say("updates_published", given.language, version=done.version, folder=given.repository,
               count=len(done.targets))
    return Answer({"repository": str(given.repository), "version": done.version, "root": done.root,
                   "issued": done.issued, "targets": list(done.targets)}, [said], all_said=True)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """What is signed last is written last. Raises EnvironmentFault publication_under_way."""
    with ExitStack() as held:
        try:
            held.enter_context(locked(folder / LOCK))
        except EnvironmentFault as fault:
            if fault.code != "desk_already_open":
                raise
            raise EnvironmentFault("publication_under_way", folder=str(folder)) from fault
        yield


def add(commands: Any, shared: argparse.ArgumentParser) -> None:
    verbs = commands.add_parser("repository", help="the root of the association's updates").add_subparsers(
        required=True, metavar="VERB")
    begin = verbs.add_parser("init", help="make the three root keys; officers carry them away", parents=[shared])
    begin.set_defaults(run=init)
    begin.add_argument("--keys", type=Path, required=True, metavar="FOLDER")
    again = verbs.add_parser("root", help="sign the next root: for longer, or with other keys", parents=[shared])
    again.set_defaults(run=root)
    again.add_argument("--key", type=Path, action="append", required=True, metavar="FILE", help="two root keys")
    again.add_argument("--replace", nargs=2, action="append", metavar=("ID", "FILE"),
                       help="a root key that is lost, and where the one in its place is written")
    again.add_argument("--new-keys", action="store_true", help="make the library's own keys anew")
    again.add_argument("--new-list-key", action="store_true",
                       help="make the key anew that signs the trust list and status lists")
    for one in (begin, again):
        one.add_argument("--passphrase-stdin", action="store_true", help="passphrases are lines of standard input")
