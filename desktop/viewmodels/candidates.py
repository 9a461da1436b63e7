"""State of the candidates page: who is listed, and the parts of the page."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.scheme import Scheme
from appraisal.usecases.check_enrolment import CheckEnrolments
from appraisal.usecases.draw_glyph import DrawGlyph
from appraisal.usecases.filters import EVERYBODY, Filters
from appraisal.usecases.import_admissions import AdmissionsPreview, Admitted, ImportAdmissions
from appraisal.usecases.import_roster import Imported, ImportRoster
from appraisal.usecases.ports import Step
from appraisal.usecases.preview_roster import RosterJudge
from appraisal.usecases.reads import BatchRow, CandidateRow, Reads
from appraisal.usecases.save_candidate import SaveCandidate
from appraisal.usecases.submit_enrolment import ReviewEnrolments
from desktop.models.paged_table import PAGE_ROWS
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.admissions_import import AdmissionsImportViewModel
from desktop.viewmodels.candidates_draft import DraftCommands, DraftKeeper
from desktop.viewmodels.candidates_form import CandidateFormViewModel
from desktop.viewmodels.enrolments_review import ReviewViewModel
from desktop.viewmodels.layout_presets import LayoutPresets
from desktop.viewmodels.one_person import OnePersonCommands, OnePersonViewModel
from desktop.viewmodels.photos_import import AssignPhotos, PhotosImportViewModel, PreviewFolder
from desktop.viewmodels.roster_import import RosterImportViewModel
from desktop.viewmodels.seating import SeatingCommands, SeatingViewModel

REST_AFTER = 50
"""Milliseconds from the first page of a search to the look for the rest: the page is painted meanwhile, and whoever
types on does not wait for it."""
Found = tuple[Sequence[int], Sequence[CandidateRow]]


@dataclass(frozen=True, slots=True)
class CandidateCommands:
    """What the page may do, each bound to the desk."""

    save: Callable[[SaveCandidate], Id]
    judge: Callable[[Id], RosterJudge]
    """Of rosters, for one batch; raises RuleViolation."""
    import_roster: Callable[[ImportRoster, Step], Imported]
    review: Callable[[ReviewEnrolments], int]
    check_enrolments: Callable[[CheckEnrolments], int]
    draw_glyph: Callable[[DrawGlyph], None]
    preview_admissions: Callable[[bytes, str, Id], AdmissionsPreview]
    import_admissions: Callable[[ImportAdmissions], Admitted]
    seating: SeatingCommands
    one_person: OnePersonCommands
    drafts: DraftCommands
    presets: LayoutPresets
    roster_template: Callable[[Id], bytes]
    """For a batch, as a workbook."""
    preview_photos: PreviewFolder
    import_photos: AssignPhotos
    keep_file: Callable[[Path, bytes], None]
    """Whole or not at all; raises EnvironmentFault."""
    can_draw: Callable[[str], bool] = lambda _char: True


class CandidatesViewModel(QObject):
    found = Signal(object, object, bool)
    """Places in order, the rows of the first page of them, and whether these are all; if not, `all_found` follows."""
    all_found = Signal(object)
    """All places of the search that `found` gave the first page of."""
    batches_changed = Signal(object)
    """All BatchRows, the newest exam first."""
    failed = Signal(object)

    def __init__(self, reads: Reads, commands: CandidateCommands, schemes: Mapping[str, Scheme],
                 today: Callable[[], date], operator: Id, tasks: Tasks) -> None:
        super().__init__()
        self._reads, self.tasks, self._searching, self._reading = reads, tasks, Latest(), Latest()
        self._text, self._filters = "", EVERYBODY
        self._seating, self._operator = commands.seating, operator
        self._rest = QTimer(self, singleShot=True, interval=REST_AFTER)
        self._rest.timeout.connect(self._search_rest)
        self.form = CandidateFormViewModel(reads, commands.save, commands.check_enrolments, commands.draw_glyph,
                                           schemes, today, operator, tasks, commands.can_draw)
        self.one_person = OnePersonViewModel(reads, commands.one_person, operator, tasks)
        self.drafts = DraftKeeper(commands.drafts, tasks)
        self.roster = RosterImportViewModel(commands.judge, commands.import_roster, commands.keep_file,
                                            commands.roster_template, commands.presets, operator, tasks)
        self.review = ReviewViewModel(reads, commands.review, commands.check_enrolments, operator, schemes, tasks)
        self.photos = PhotosImportViewModel(commands.preview_photos, commands.import_photos, operator, tasks)
        self.admissions = AdmissionsImportViewModel(commands.preview_admissions, commands.import_admissions, operator,
                                                    tasks)

    def seating(self, batch: BatchRow, settings: QSettings | None) -> SeatingViewModel:
        return SeatingViewModel(batch, self._seating, settings, self._operator, self.tasks)

    def load_rows(self, places: Sequence[int]) -> Sequence[CandidateRow]:
        """For the table's model, off the GUI thread."""
        return self._reads.candidate_rows(places)

    def search(self, text: str) -> None:
        self._text = text
        self._search()

    def filter(self, filters: Filters) -> None:
        self._filters = filters
        self._search()

    def is_filtered(self) -> bool:
        return bool(self._text) or self._filters != EVERYBODY

    def refresh(self) -> None:
        self._search()
        self._read_batches()

    def _search(self) -> None:
        text, filters = self._text, self._filters

        def search() -> Found:
            places = self._reads.search(text, filters, PAGE_ROWS)
            return places, self._reads.candidate_rows(places[:PAGE_ROWS])

        self._rest.stop()
        self.tasks.read(search, self._on_found, self._searching)

    def _search_rest(self) -> None:
        text, filters = self._text, self._filters
        self.tasks.read(lambda: self._reads.search(text, filters), self._on_all_found, self._searching)

    def _read_batches(self) -> None:
        self.tasks.read(self._reads.batches, self._on_batches, self._reading)

    def _on_found(self, done: "Future[Found]") -> None:
        try:
            places, rows = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        whole = len(places) != PAGE_ROWS
        self.found.emit(places, rows, whole)
        if not whole:
            self._rest.start()

    def _on_all_found(self, done: "Future[Sequence[int]]") -> None:
        try:
            self.all_found.emit(done.result())
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _on_batches(self, done: "Future[Sequence[BatchRow]]") -> None:
        try:
            batches = sorted(done.result(), key=lambda one: one.exam_day, reverse=True)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        self.form.checks.take_batches(batches)
        self.batches_changed.emit(batches)
