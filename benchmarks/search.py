"""Search as you type among --people candidates: the query alone, from the query to the painted list, and from a jump
anywhere in the list of all to its painted rows; with the peak memory of all of it.

The desk is the product's own: encrypted file, reader connection, view-model, table and delegates, offscreen. The list
counts as painted when its viewport has been painted with the rows of this search loaded.
"""

import argparse
import gc
import json
import os
import random
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks import crowd
from db.centre import Centre
from desktop.models.paged_table import PAGE_ROWS
from desktop.pages.candidates_list import PeopleList
from desktop.tasks import Tasks
from desktop.theme import Scheme, apply_theme, register_fonts
from desktop.viewmodels.candidates import CandidatesViewModel

PATIENCE = 10_000
"""Milliseconds."""


def typed(centre: Centre, count: int) -> dict[str, list[str]]:
    """What an examiner types of people who are there, `count` of each kind."""
    chance, ids = random.Random(11), centre.reads.search("")
    rows = [centre.reads.candidate_rows([one])[0] for one in chance.sample(list(ids), count)]
    return {
        "name prefix": [row.name[:2] for row in rows], "full name": [row.name for row in rows],
        "one character": [row.name[-1] for row in rows], "ID tail": [row.document_number[-4:] for row in rows],
        "ID start": [row.document_number[:10] for row in rows], "phone": [row.phone for row in rows],
        "initials": [initials(row.name) for row in rows],
        "character and place": [f"{row.name[-1]} {row.employer[:2]}" for row in rows]}


def initials(name: str) -> str:
    from appraisal.domain.latin_names import search_letters  # noqa: PLC0415 - loads pypinyin

    return search_letters(name)[1]


def query(centre: Centre, kinds: dict[str, list[str]]) -> dict[str, list[float]]:
    """Seconds of each query for the rows that a list is painted with, each kind once before that for a warm cache."""
    found = {}
    for kind, words in kinds.items():
        for one in words:
            centre.reads.search(one, most=PAGE_ROWS)
        found[kind] = [timed(lambda one=one: centre.reads.search(one, most=PAGE_ROWS)) for one in words]  # type: ignore[misc]
    return found


def timed(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


class Painted(QObject):
    """Knows when the list shows the rows of its present ids."""

    def __init__(self, people: PeopleList) -> None:
        super().__init__()
        self._people, self._waiting, self.at, self.loop = people, False, 0.0, QEventLoop()
        self._row = 0
        """Which row must have come for a paint to count."""
        people.table.viewport().installEventFilter(self)
        people.nobody.installEventFilter(self)

    def wait(self, _ids: object, _rows: object, _whole: bool) -> None:
        """The ids are here and the table has them: from now on a paint may count."""
        self._waiting, self._row = True, 0
        shown = self._people.parts.currentWidget()
        assert shown is not None
        shown.update()

    def wait_for(self, row: int) -> None:
        """From now on a paint counts that has this row."""
        self._waiting, self._row = True, row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self._waiting and event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QApplication.sendEvent(watched, event)  # painted now, and the clock stops after it
            watched.installEventFilter(self)
            if not self._people.model.ids() or self._people.model.row_at(self._row) is not None:
                self._waiting, self.at = False, time.perf_counter()
                self.loop.quit()
            return True
        return False


@contextmanager
def people_list(centre: Centre) -> Iterator[tuple[Callable[[str], float], Callable[[int], float]]]:
    """Shows the list of the Candidates page; gives two functions that return the seconds until the list is painted:
    one searches, one jumps to a row."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    register_fonts()
    apply_theme(app, Scheme.LIGHT)
    tasks = Tasks()
    # the page's commands are not used by a list
    view_model = CandidatesViewModel(centre.reads, _Commands(), {}, date.today, "", tasks)  # type: ignore[arg-type]
    people = PeopleList(view_model, None)
    people.resize(1100, 720)
    people.show()
    gc.freeze()  # as the window does once it stands
    painted = Painted(people)
    view_model.found.connect(painted.wait)
    patience = QTimer(singleShot=True, interval=PATIENCE)
    patience.timeout.connect(painted.loop.quit)

    def until_painted(what: Callable[[], None]) -> float:
        painted.at, started = 0.0, time.perf_counter()
        QTimer.singleShot(0, what)
        patience.start()
        painted.loop.exec()  # as the application waits: asleep, not asking again and again with the interpreter's lock
        patience.stop()
        if not painted.at:
            raise TimeoutError
        return painted.at - started

    def go_to(row: int) -> None:
        painted.wait_for(row)
        people.table.scrollTo(people.model.index(row, 0), people.table.ScrollHint.PositionAtTop)

    yield lambda text: until_painted(lambda: view_model.search(text)), lambda row: until_painted(lambda: go_to(row))
    gc.unfreeze()
    people.close()
    tasks.close()


class _Commands:
    """What a list never asks for."""

    def __getattr__(self, _name: str) -> None:
        return None


def summary(seconds: Sequence[float]) -> dict[str, float]:
    return {"p50_ms": round(statistics.median(seconds) * 1e3, 3),
            "p95_ms": round(statistics.quantiles(seconds, n=20)[-1] * 1e3, 3)}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--n", type=int, default=40, help="searches of each kind")
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    centre = crowd.open_desk(crowd.desk_folder(chosen.people))
    kinds = typed(centre, chosen.n)
    queries = query(centre, kinds)
    with people_list(centre) as (search, jump):
        for words in kinds.values():
            search(words[0])
        painted = {kind: [search(one) for one in words] for kind, words in kinds.items()}
        search("")
        chance = random.Random(13)
        jumps = [jump(chance.randrange(chosen.people)) for _ in range(5 * chosen.n)]
    centre.close()
    most_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = {
        "benchmark": "search", "people": chosen.people, "n": chosen.n,
        "query": summary([one for values in queries.values() for one in values]),
        "jump": summary(jumps), "peak_mb": round(most_memory, 1),
        "painted": summary([one for values in painted.values() for one in values]),
        "queries": {kind: summary(values) for kind, values in queries.items()},
        "lists": {kind: summary(values) for kind, values in painted.items()}}
    print(json.dumps(result, ensure_ascii=False) if chosen.json
          else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
