"""Words of marks and subjects, in the language of the windows."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.scheme import Level, Scheme
from desktop.i18n import current_language
from desktop.models.marks_cells import number_text

_STATES = {MarkState.ABSENT: QT_TRANSLATE_NOOP("Mark", "Absent"), MarkState.VOID: QT_TRANSLATE_NOOP("Mark", "Void")}


def mark_word(mark: Mark | None) -> str:
    """`85.5`, `Absent`, `Void`; empty for a mark that is missing."""
    if mark is None or mark.value is not None:
        return number_text(mark)
    return QCoreApplication.translate("Mark", str(_STATES[mark.state]))


def subject_word(code: str, scheme: Scheme) -> str:
    zh = current_language() == "zh_CN"
    return next(((s.zh if zh else s.en) for level in scheme.levels for s in level.subjects if s.code == code), code)


def level_word(level: int | None, scheme: Scheme) -> str:
    """Empty for a scheme without levels."""
    found: Level | None = next((one for one in scheme.levels if one.level == level), None)
    if found is None:
        return ""
    return found.name.zh if current_language() == "zh_CN" else found.name.en
