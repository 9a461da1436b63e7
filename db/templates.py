"""Certificate templates that the association has given: which is printed today, and those that certificates are of."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Engine, select

from appraisal.documents.templates import dated
from appraisal.exchange.updates import TEMPLATES
from db.desk import CHINA
from db.repositories import adopted_file, of_this_library
from db.schema import adopted
from db.schema import adopted_file as kept

DIGITS = frozenset("0123456789abcdef")


class AdoptedTemplates:
    """appraisal.documents.templates.Adopted."""

    def __init__(self, engine: Engine, clock: Callable[[], int]) -> None:
        """`clock`: milliseconds since 1970, UTC."""
        self._engine, self._clock = engine, clock

    def in_force(self, name: str) -> bytes | None:
        """Of those whose day has come, the one with the latest day. Raises EnvironmentFault adopted_file_missing."""
        today = datetime.fromtimestamp(self._clock() / 1000, CHINA).date()
        with self._engine.begin() as connection:
            rows = connection.execute(select(adopted.c.name, adopted.c.digest).where(
                adopted.c.name.startswith(f"{TEMPLATES}{name}", autoescape=True), of_this_library(adopted))).all()
            found = [(day, row.digest) for row in rows for given, day in (_named(row.name),)
                     if given == name and day <= today]
            return adopted_file(connection, max(found)[1]) if found else None

    def by_digest(self, beginning: str) -> bytes | None:
        """Also of one that another has taken the place of, or that another library gave."""
        if len(beginning) != 16 or not DIGITS.issuperset(beginning):
            return None
        with self._engine.begin() as connection:
            data: bytes | None = connection.scalar(select(kept.c.data).where(kept.c.digest.startswith(beginning)))
        return data


def _named(path: str) -> tuple[str, date]:
    return dated(path.removeprefix(TEMPLATES).removesuffix(".toml"))
