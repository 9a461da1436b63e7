"""`registers render` and `archive make|check`: what a batch leaves on paper."""

from pathlib import Path

from appraisal.documents.archive_package import check_archive
from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.domain.handout import Means
from appraisal.domain.operator import Role
from appraisal.usecases.ports import no_step
from appraisal.usecases.reads import BatchRow
from appraisal.usecases.record_handout import RecordHandout, record_handout
from desktop.binder import DOCUMENTS, Binder, Wanted
from desktop.commands.answer import Answer
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.session import Session

MAKERS = (Role.SUPERVISOR, Role.REGISTRAR, Role.INVIGILATOR, Role.MARKS_REVIEWER, Role.CERTIFICATE_OFFICER)


def binder_of(session: Session) -> Binder:
    operator = session.operator(*MAKERS)

    def note(title: str, rows: int, name: str) -> None:
        record_handout(RecordHandout(title, rows, Means.PAPER, False, name, operator), session.centre.desk)

    return Binder(session.centre.reads, FontBook(shipped_fonts()), session.centre.clock, note)


def render(session: Session, batch: BatchRow, names: list[str], out: Path, *, sheets: bool) -> Answer:
    wanted = Wanted(batch.id, names or DOCUMENTS, out, current_language(), sheets)
    files = binder_of(session).write(wanted, no_step)
    return Answer({"files": [str(one) for one in files]},
                  [sentence("registers_written", {"count": len(files), "folder": str(out)})])


def make(session: Session, batch: BatchRow, out: Path) -> Answer:
    count = binder_of(session).archive(batch.id, out, current_language(), no_step)
    return Answer({"archive": str(out), "files": count}, [sentence("archive_made", {"count": count, "file": str(out)})])


def check(path: Path) -> Answer:
    count = check_archive(path)
    return Answer({"archive": str(path), "files": count, "intact": True},
                  [sentence("archive_whole", {"count": count, "name": path.name})])
