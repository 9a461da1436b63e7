"""The door: a scan shows who it is, where they sit, and green or red; the list says who is still missing."""

from collections import Counter

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage, QPixmap, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.book import Entrant
from appraisal.domain.exam_day import AWAY, Attendance
from appraisal.sheets.wording import value_word
from desktop.i18n import current_language
from desktop.models.paged_table import Column
from desktop.pages.exam_day_words import came_chip, level_word, seen_chip
from desktop.theme import GRID, text_font
from desktop.viewmodels.exam_day import ExamDayViewModel, Scanned, Seen
from desktop.widgets.basics import card, label, plain_button, row
from desktop.widgets.big_verdict import BigVerdict
from desktop.widgets.reason import ReasonDialog
from desktop.widgets.rows_table import RowsTable

PHOTO = (200, 280)
WIDTH = 440


class DoorTab(QWidget):
    def __init__(self, view_model: ExamDayViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model = view_model
        self.scanner = QLineEdit()
        self.scanner.setFont(text_font(20))
        self.scanner.setMinimumHeight(5 * GRID)
        self.scanner.setPlaceholderText(self.tr("Scan the ticket or the ID card"))
        self.scanner.setAccessibleName(self.tr("Scan the ticket or the ID card"))
        self.verdict, self.photo = BigVerdict(), QLabel()
        self.verdict.setVisible(False)
        self.photo.setFixedSize(*PHOTO)
        self.photo.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.name, self.seat, self.about = label(""), label(""), label("", "muted", wrap=True)
        self.name.setFont(text_font(30, bold=True))
        self.seat.setFont(text_font(24))
        self.counts = label("")
        self.close_door = plain_button(self.tr("&Mark the missing absent"), "check", view_model.close_door)
        self.change = plain_button(self.tr("Chan&ge …"), "edit", self.ask_change)
        self.table = RowsTable("door", self._columns(), lambda one: one.id, view_model.tasks, settings)
        self.table.setAccessibleName(self.tr("Candidates of this sitting"))
        self.table.activated_id.connect(lambda _id: self.ask_change())
        self._shown: Entrant | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self._left())
        right = QVBoxLayout()
        right.setSpacing(GRID)
        right.addLayout(row(self.counts, None, self.change, self.close_door))
        right.addWidget(self.table, 1)
        line.addLayout(right, 1)
        self.scanner.returnPressed.connect(self._scan)
        view_model.scanned.connect(self.show_scanned)
        view_model.photo_shown.connect(self._show_photo)
        view_model.shown.connect(self.show_rows)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scanner.setFocus()

    def _left(self) -> QWidget:
        frame, column = card()
        frame.setFixedWidth(WIDTH)
        column.addWidget(self.scanner)
        column.addWidget(self.verdict)
        face = QHBoxLayout()
        face.setSpacing(2 * GRID)
        face.addWidget(self.photo)
        texts = QVBoxLayout()
        for part in (self.name, self.seat, self.about):
            texts.addWidget(part)
        texts.addStretch(1)
        face.addLayout(texts, 1)
        column.addLayout(face)
        column.addStretch(1)
        return frame

    def _columns(self) -> list[Column[Entrant]]:
        session = self.view_model
        return [Column(self.tr("Room"), lambda r: r.at(session.session)[0], width=72),
                Column(self.tr("Seat"), lambda r: r.at(session.session)[1], width=56),
                Column(self.tr("State"), lambda r: came_chip(r.came.get(session.session)).word,
                       lambda r: came_chip(r.came.get(session.session)), width=130),
                Column(self.tr("Name"), lambda r: r.name, width=110),
                Column(self.tr("Admission number"), lambda r: r.number, width=170)]

    def show_rows(self) -> None:
        sitters, session = self.view_model.sitters(), self.view_model.session
        self.table.show_rows(sitters)
        states = Counter(came.state if (came := one.came.get(session)) else None for one in sitters)
        said = self.tr("{here} of {all} here · {late} late · {absent} absent · {open} still missing")
        self.counts.setText(said.format(
            here=states[Attendance.PRESENT] + states[Attendance.LATE], all=len(sitters), late=states[Attendance.LATE],
            absent=sum(states[one] for one in AWAY), open=states[None]))
        self.close_door.setEnabled(states[None] > 0)
        self.change.setEnabled(bool(sitters))

    def _scan(self) -> None:
        text = self.scanner.text()
        self.scanner.clear()
        self.view_model.scan(text)

    def show_scanned(self, scanned: Scanned) -> None:
        self.verdict.setVisible(True)
        self.verdict.show_verdict(seen_chip(scanned.seen), self._sentence(scanned))
        self._shown = scanned.entrant
        self.photo.clear()
        book = self.view_model.book
        if scanned.entrant is None or book is None:
            self.name.setText(scanned.text)
            self.seat.clear()
            self.about.clear()
            return
        who = scanned.entrant
        room, seat = who.at(self.view_model.session)
        self.name.setText(who.name)
        here = scanned.seen is not Seen.ELSEWHERE
        self.seat.setText(self.tr("Room {room}, seat {seat}").format(room=room, seat=seat) if here else "")
        self.about.setText("\n".join([who.number, who.person.identity.document_number,
                                      level_word(book, who.enrolment.level)]))
        self.photo.setText("" if who.photo else self.tr("No photo"))
        self.view_model.show_photo(who)

    def _sentence(self, scanned: Scanned) -> str:
        if scanned.seen is Seen.LATE:
            return self.tr("{minutes} minutes after the start: let in, and noted.").format(minutes=scanned.minutes)
        if scanned.seen is Seen.REFUSED:
            return self.tr("{minutes} minutes after the start: not let in any more.").format(minutes=scanned.minutes)
        return {
            Seen.PRESENT: self.tr("Compare the face with the photo and the ID card."),
            Seen.ALREADY: self.tr("Signed in before. Compare the face: somebody else may hold this ticket."),
            Seen.ELSEWHERE: self.tr("In this batch, and not examined at this sitting."),
            Seen.UNKNOWN: self.tr("Nobody with this number has a seat here. Check the batch, or type the number."),
        }[scanned.seen]

    def _show_photo(self, enrolment: str, data: bytes) -> None:
        if self._shown is not None and self._shown.id == enrolment:
            self.photo.setPixmap(QPixmap.fromImage(QImage.fromData(data)).scaled(
                *PHOTO, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation))

    def ask_change(self) -> None:
        """Of those selected; a change has its reason."""
        chosen = [str(one) for one in self.table.selected_ids()]
        if not chosen:
            return
        dialog = ReasonDialog(self.tr("Change the sign-in list"), self.tr(
            "What was recorded stays in the history. {count} chosen.").format(count=len(chosen)),
            self.tr("&Change the list"), self)
        state = QComboBox()
        for one in Attendance:
            state.addItem(value_word(f"attendance.{one.value}", current_language()), one)
        dialog.form.add("state", self.tr("&State"), state)
        dialog.given.connect(lambda why: self.view_model.attend(chosen, Attendance(state.currentData()), why))
        dialog.open()
