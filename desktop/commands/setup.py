"""`init`: a new centre, real or for demonstration."""

import os
import tomllib
from dataclasses import asdict
from pathlib import Path

import msgspec

from appraisal.domain.errors import RuleViolation
from appraisal.usecases.found_centre import FoundCentre
from db.centre import Surroundings, create_centre, join_centre, open_centre
from db.files import read_file
from db.folder import DEMONSTRATION_LOGIN, Place, Server, files_of
from db.terminal import Passphrases
from desktop.commands.answer import Answer
from desktop.demonstration.association import Association
from desktop.demonstration.script import Demonstration, create_demonstration, load_script
from desktop.errors import sentence
from desktop.session import OPERATOR, PASSPHRASE, Session


def init_demonstration(place: Place, around: Surroundings) -> Answer:
    """A demonstration centre that a demonstration association has enrolled, with one open batch."""
    script = load_script()
    create_demonstration(place, script, around)
    folder = files_of(place)
    centre = open_centre(place, DEMONSTRATION_LOGIN, script.passphrase, around)
    try:
        Association(f"sqlite:///{folder / 'association' / 'library.db'}", folder / "association").enrol(
            Session(centre, demonstration=True, login=DEMONSTRATION_LOGIN))
        batch = Demonstration(centre).open(script.batches[0], script.batches[0].exam_day)
        operators = [{"login": one.login, "name": one.name, "roles": sorted(one.roles)}
                     for one in centre.reads.operators()]
    finally:
        centre.close()
    return Answer({"data": str(place), "batch": batch, "operators": operators},
                  [sentence("demonstration_made", {"folder": str(place), "batch": script.batches[0].code})])


def init_centre(place: Place, file: Path, around: Surroundings, passphrases: Passphrases) -> Answer:
    """`file` is as docs/centre.example.toml: code, host, name, operators. Passphrases are asked for; a single
    operator's may stand in the environment."""
    try:
        command = msgspec.convert(tomllib.loads(read_file(file).decode("utf-8")), FoundCentre)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as fault:
        raise RuleViolation("centre_file_unreadable", "centre", file=str(file), reason=str(fault)) from fault
    create_centre(place, command, _passphrases(command, passphrases), around)
    operators = [{"login": one.login, "name": one.name, "roles": sorted(one.roles)} for one in command.operators]
    return Answer({"data": str(place), "batch": None, "operators": operators},
                  [sentence("centre_made", {"folder": str(place)})])


def join(place: Place, around: Surroundings, passphrases: Passphrases, number: int | None = None) -> Answer:
    """An administrator makes this computer another desk of a centre on a server. Their login stands in the
    environment, and their passphrase too or it is asked for."""
    if not isinstance(place, Server):
        raise RuleViolation("join_needs_server", "data")
    login, passphrase = os.environ.get(OPERATOR), os.environ.get(PASSPHRASE)
    if login is None:
        raise RuleViolation("passphrase_needed", "passphrase", operator=OPERATOR, passphrase=PASSPHRASE)
    joined = join_centre(place, login, passphrase or passphrases.ask(login), around, number)
    said = "desk_joined_again" if joined.again else "desk_joined"
    return Answer({"data": str(place), **asdict(joined)}, [sentence(said, {"number": joined.number})])


def _passphrases(command: FoundCentre, asked: Passphrases) -> dict[str, str]:
    given = os.environ.get(PASSPHRASE)
    if given is not None and len(command.operators) == 1:
        return {command.operators[0].login: given}
    return {one.login: asked.ask_new(one.login) for one in command.operators}
