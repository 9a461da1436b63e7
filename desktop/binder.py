"""The binder: registers, tickets and stickers of a batch as files, and its archive; what leaves the desk is noted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appraisal.documents.archive_package import write_archive
from appraisal.documents.cards import CARDS, Slip, reply_slip
from appraisal.documents.fonts import FontBook
from appraisal.documents.register import draw_register
from appraisal.documents.register_page import register_page
from appraisal.documents.register_sheet import register_workbook
from appraisal.documents.register_words import Words
from appraisal.documents.registers import REGISTERS, Setting
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import Reads, RecheckRow
from db.desk import CHINA
from db.files import write_durably, writing

DOCUMENTS = (*REGISTERS, *CARDS)
PAGES = frozenset({"publicity_list"})
"""Registers that go on a web site, too: they name nobody in full."""
PRIVATE = 0o600
"""People's data: for who made it alone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    batch: Id
    names: Sequence[str]
    """Of DOCUMENTS."""
    folder: Path
    language: str
    sheets: bool = False
    """Registers as workbooks too."""


class Binder:
    def __init__(self, reads: Reads, fonts: FontBook, clock: Callable[[], int], note: Callable[[str, int, str], None],
                 ) -> None:
        """`note` is told what was made, of how many people, and as which form."""
        self._reads, self._fonts, self._clock, self._note = reads, fonts, clock, note

    def write(self, wanted: Wanted, step: Step) -> Sequence[Path]:
        """Each document as a PDF, `BATCH-TITLE.pdf`; the list for publicity as a page, too. Raises RuleViolation
        register_unknown, nobody_enrolled."""
        if unknown := set(wanted.names) - set(DOCUMENTS):
            raise RuleViolation("register_unknown", "only", name=min(unknown), known="  ".join(DOCUMENTS))
        at, files = self._setting(wanted.batch, wanted.language), list[Path]()
        with writing(wanted.folder):
            wanted.folder.mkdir(parents=True, exist_ok=True)
        for done, name in enumerate(wanted.names, 1):
            title, made = at.words(f"title.{name}"), self._made()
            if name in CARDS:
                parts = [(".pdf", CARDS[name](at, self._reads.picture, self._fonts))]
            else:
                register = REGISTERS[name](at)
                parts = [(".pdf", draw_register(register, made, at.words, self._fonts))]
                parts += [(".xlsx", register_workbook(register, made))] if wanted.sheets else []
                parts += [(".html", register_page(register, made, wanted.language))] if name in PAGES else []
            for ending, data in parts:
                files.append(wanted.folder / f"{_plain(at.book.batch.code)}-{_plain(title)}{ending}")
                write_durably(files[-1], data, mode=PRIVATE)
            self._note(title, len(at.book.entrants), name)
            step(done, len(wanted.names))
        return files

    def archive(self, batch: Id, file: Path, language: str, step: Step) -> int:
        """Returns how many files it holds. What a cancel cuts short leaves nothing behind."""
        at = self._setting(batch, language)
        part = file.with_name(f".{file.name}.part")
        try:
            with writing(file), part.open("wb") as out:
                part.chmod(PRIVATE)
                count = write_archive(at, self._reads.picture, self._fonts, self._made(), out, step)
            with writing(file):
                part.replace(file)
        finally:
            part.unlink(missing_ok=True)
        self._note(at.words("title.catalogue"), len(at.book.entrants), "archive")
        return count

    def reply(self, batch: Id, recheck: RecheckRow, file: Path, language: str) -> None:
        """The slip of an answered re-check."""
        at = self._setting(batch, language)
        one, words = at.book.of(recheck.enrolment), at.words
        found = "、".join(words.value(finding.value) for finding in recheck.findings or ()) or words("nothing_found")
        slip = Slip(recheck.text, at.subjects()[recheck.subject], words.mark(one.mark(recheck.subject)), found,
                    recheck.answer, recheck.until)
        write_durably(file, reply_slip(at, one, slip, self._fonts), mode=PRIVATE)
        self._note(words("title.reply_slip"), 1, "reply_slip")

    def _setting(self, batch: Id, language: str) -> Setting:
        book = self._reads.book(batch)
        if not book.entrants:
            raise RuleViolation("nobody_enrolled", "batch")
        return Setting(book, Words(language))

    def _made(self) -> str:
        return f"{datetime.fromtimestamp(self._clock() / 1000, CHINA):%Y-%m-%d %H:%M}"


def _plain(text: str) -> str:
    """As part of a file's name."""
    return "".join(one if one.isalnum() or one in "-_." else "_" for one in text)
