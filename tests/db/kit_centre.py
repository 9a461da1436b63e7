"""A founded centre on a real encrypted file: an operator for each role, one passphrase for those who can open it."""

from datetime import UTC, datetime

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual
from appraisal.domain.operator import Role
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from db.centre import Surroundings, create_centre, open_centre
from db.keyslots import Cost

PASSPHRASE = "four quiet words"
NOON = int(datetime(2026, 11, 2, 4, tzinfo=UTC).timestamp() * 1000)
OPENERS = ("administrator", "registrar")
COMMAND = FoundCentre("C1", Bilingual("示例中心", "Centre"), "v.example.com", tuple(
    FirstOperator(role.value, role.value, frozenset({role})) for role in Role))


def around(**changed):
    return Surroundings(load_schemes(), **{"clock": lambda: NOON, "cost": Cost(1, 8, 1)} | changed)


def found(folder, **changed):
    create_centre(folder, COMMAND, dict.fromkeys(OPENERS, PASSPHRASE), around(**changed))


def open_as(folder, login="administrator", passphrase=PASSPHRASE):
    return open_centre(folder, login, passphrase, around())


def operator(centre, role):
    return next(one.id for one in centre.reads.operators() if one.login == role.value)
