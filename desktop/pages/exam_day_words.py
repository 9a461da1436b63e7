"""Words and faces of the exam day."""

from PySide6.QtCore import QCoreApplication

from appraisal.domain.book import Book, Came
from appraisal.domain.exam_day import Attendance, SessionPlanned
from appraisal.sheets.wording import value_word
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.viewmodels.exam_day import Seen

_FACES = {
    Attendance.PRESENT: (Tone.GOOD, Shape.TICK), Attendance.LATE: (Tone.WARN, Shape.HALF),
    Attendance.REFUSED: (Tone.REFUSE, Shape.BAR), Attendance.ABSENT: (Tone.NEUTRAL, Shape.CROSS)}
_SEEN = {
    Seen.PRESENT: (Tone.GOOD, Shape.TICK), Seen.LATE: (Tone.WARN, Shape.TICK), Seen.REFUSED: (Tone.REFUSE, Shape.BAR),
    Seen.ALREADY: (Tone.INFO, Shape.TICK), Seen.ELSEWHERE: (Tone.REFUSE, Shape.CROSS),
    Seen.UNKNOWN: (Tone.REFUSE, Shape.CROSS)}


def came_chip(came: Came | None) -> Chip:
    if came is None:
        return Chip(Tone.NEUTRAL, Shape.RING, QCoreApplication.translate("ExamDay", "not here yet"))
    word = value_word(f"attendance.{came.state.value}", current_language())
    if came.minutes is not None:
        word = QCoreApplication.translate("ExamDay", "{state} {minutes} min").format(state=word, minutes=came.minutes)
    return Chip(*_FACES[came.state], word)


def seen_chip(seen: Seen) -> Chip:
    words = {
        Seen.PRESENT: QCoreApplication.translate("ExamDay", "Welcome"),
        Seen.LATE: QCoreApplication.translate("ExamDay", "Late"),
        Seen.REFUSED: QCoreApplication.translate("ExamDay", "Too late"),
        Seen.ALREADY: QCoreApplication.translate("ExamDay", "Here already"),
        Seen.ELSEWHERE: QCoreApplication.translate("ExamDay", "Not this sitting"),
        Seen.UNKNOWN: QCoreApplication.translate("ExamDay", "Not in this batch")}
    return Chip(*_SEEN[seen], words[seen])


def session_word(session: SessionPlanned) -> str:
    title = session.title or QCoreApplication.translate("ExamDay", "Whole exam")
    return f"{title}  {session.time()}".strip()


def level_word(book: Book, level: int | None) -> str:
    name = book.scheme.at(level).name
    return name.zh if current_language() == "zh_CN" else name.en
