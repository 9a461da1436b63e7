"""Computers of one centre on a real PostgreSQL: each with settings of its own, as desks of the same database."""

from pathlib import Path

from kit_centre import COMMAND, OPENERS, PASSPHRASE, around

from db.centre import Centre, create_centre, join_centre, open_centre
from db.folder import Server


class Computers:
    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder, self._open = url, folder, []

    def server(self, number: int) -> Server:
        return Server(self.url, self.folder / f"computer-{number}" / "servers" / "one")

    def around(self, number: int, **changed):
        return around(settings=self.folder / f"computer-{number}", **changed)

    def found(self, number: int = 1, command=COMMAND, openers=OPENERS) -> None:
        create_centre(self.server(number), command, dict.fromkeys(openers, PASSPHRASE), self.around(number))

    def join(self, number: int, login: str = "administrator", passphrase: str = PASSPHRASE, desk: int | None = None):
        return join_centre(self.server(number), login, passphrase, self.around(number), desk)

    def open(self, number: int, login: str = "administrator", **changed) -> Centre:
        only_look = changed.pop("only_look", False)
        centre = open_centre(self.server(number), login, PASSPHRASE, self.around(number, **changed),
                             only_look=only_look)
        self._open.append(centre)
        return centre

    def close(self) -> None:
        for centre in self._open:
            centre.close()
