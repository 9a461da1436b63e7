"""A small centre: 钱 administers, 赵 registers, 孙 reviews; each with a passphrase of their own."""

from datetime import UTC, datetime

from sqlalchemy import select

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual
from appraisal.domain.operator import Role
from appraisal.journal import read
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from db.centre import Surroundings, create_centre, open_centre
from db.keyslots import Cost
from db.schema import journal

NAMES = {"qian": "钱敏", "zhao": "赵小燕", "sun": "孙国强"}
ROLES = {"qian": Role.ADMINISTRATOR, "zhao": Role.REGISTRAR, "sun": Role.REVIEWER}
PASSPHRASES = {login: f"{login} four quiet words" for login in NAMES}


def around(**changed):
    noon = int(datetime(2026, 12, 12, 4, tzinfo=UTC).timestamp() * 1000)
    return Surroundings(load_schemes(), **({"clock": lambda: noon, "cost": Cost(1, 8, 1)} | changed))


def found_small(folder, logins=tuple(NAMES)):
    staff = tuple(FirstOperator(login, NAMES[login], frozenset({ROLES[login]})) for login in logins)
    create_centre(folder, FoundCentre("C1", Bilingual("示例中心", "Centre"), "v.example.com", staff),
                  {login: PASSPHRASES[login] for login in logins}, around())


def open_small(folder, login="qian", passphrase=None):
    return open_centre(folder, login, passphrase or PASSPHRASES[login], around())


def ids(centre):
    return {one.login: one.id for one in centre.reads.operators()}


def entries(centre):
    """Every journal entry, read."""
    with centre.reader.begin() as connection:
        return [read(data) for data in connection.scalars(select(journal.c.entry).order_by(journal.c.position))]
