"""`init`: a new centre, real or for demonstration."""

import os
import tomllib
from getpass import getpass
from pathlib import Path

import msgspec

from appraisal.domain.errors import RuleViolation
from appraisal.usecases.found_centre import FoundCentre
from db.centre import Surroundings, create_centre, open_centre
from db.files import read_file
from db.folder import DEMONSTRATION_LOGIN
from desktop.commands.answer import Answer
from desktop.demonstration.association import Association
from desktop.demonstration.script import Demonstration, create_demonstration, load_script
from desktop.errors import sentence
from desktop.session import PASSPHRASE, Session


def init_demonstration(folder: Path, around: Surroundings) -> Answer:
    """A demonstration centre that a demonstration association has enrolled, with one open batch."""
    script = load_script()
    create_demonstration(folder, script, around)
    centre = open_centre(folder, DEMONSTRATION_LOGIN, script.passphrase, around)
    try:
        Association(f"sqlite:///{folder / 'association' / 'library.db'}", folder / "association").enrol(
            Session(centre, demonstration=True, login=DEMONSTRATION_LOGIN))
        batch = Demonstration(centre).open(script.batches[0], script.batches[0].exam_day)
        operators = [{"login": one.login, "name": one.name, "roles": sorted(one.roles)}
                     for one in centre.reads.operators()]
    finally:
        centre.close()
    return Answer({"data": str(folder), "batch": batch, "operators": operators},
                  [sentence("demonstration_made", {"folder": str(folder), "batch": script.batches[0].code})])


def init_centre(folder: Path, file: Path, around: Surroundings) -> Answer:
    """`file` is as docs/centre.example.toml: code, host, name, operators. Passphrases are asked for at the terminal; a
    single operator's may stand in the environment."""
    try:
        command = msgspec.convert(tomllib.loads(read_file(file).decode("utf-8")), FoundCentre)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as fault:
        raise RuleViolation("centre_file_unreadable", "centre", file=str(file), reason=str(fault)) from fault
    create_centre(folder, command, _passphrases(command), around)
    operators = [{"login": one.login, "name": one.name, "roles": sorted(one.roles)} for one in command.operators]
    return Answer({"data": str(folder), "batch": None, "operators": operators},
                  [sentence("centre_made", {"folder": str(folder)})])


def _passphrases(command: FoundCentre) -> dict[str, str]:
    given = os.environ.get(PASSPHRASE)
    if given is not None and len(command.operators) == 1:
        return {command.operators[0].login: given}
    return {one.login: getpass(f"{one.login}: ") for one in command.operators}
