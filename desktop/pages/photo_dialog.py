"""The photo of one candidate: from a file, the camera or a drop, cut to the rule, checked while it is moved."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from appraisal.documents.photo import PhotoReading
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.problem import Problem
from appraisal.sheets.wording import problem_sentence
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.pages.candidates_person import picture_of
from desktop.theme import GRID
from desktop.viewmodels.photo import PhotoViewModel
from desktop.viewmodels.photo_crop import Crop, largest_crop
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.notice import Notice
from desktop.widgets.photo_frame import PhotoFrame

if TYPE_CHECKING:
    from desktop.camera import Camera

SIZE = QSize(860, 640)
SIDE = 300
"""Width of what is said of the photo."""
RESULT = (150, 210)
"""The photo as it will be kept, in pixels of the screen at most."""


class PhotoDialog(QDialog):
    """Arrows, + and - fit the head into the guide; Enter uses the photo, Esc leaves the one before."""

    used = Signal(object)
    """The PhotoReading, with a JPEG."""

    def __init__(self, view_model: PhotoViewModel, parent: QWidget | None = None,
                 open_camera: "Callable[[], Camera] | None" = None) -> None:
        """`open_camera`: None is this computer's own."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Photo"))
        self.setAcceptDrops(True)
        self.resize(SIZE)
        view_model.setParent(self)
        self._view_model, self._open_camera = view_model, open_camera or _own_camera
        self._camera: Camera | None = None
        self._live = QImage()
        self.notice, self.frame, self.picture = Notice(), PhotoFrame(view_model.rule), QLabel()
        self.picture.setAccessibleName(self.tr("Photo"))
        self.picture.setFixedHeight(RESULT[1])
        self.frame.setAccessibleName(self.tr("Part of the picture that becomes the photo"))
        self.verdict, self.words = StateChip(self._chip()), label("", "", wrap=True)
        self.choose = plain_button(self.tr("Choose a &file …"), "import", self._ask_file)
        self.film = plain_button(self.tr("Ca&mera"), "camera", self._switch_camera)
        self.take = plain_button(self.tr("&Take the picture"), "check", self._take_picture)
        self.turn = plain_button(self.tr("Tu&rn"), "", view_model.turn)
        self.devices = QComboBox()
        self.devices.setAccessibleName(self.tr("Camera"))
        self.use = primary_button(self.tr("&Use this photo"), "check", self._use)
        self.cancel = plain_button(self.tr("&Cancel"), "", self.reject)
        self._lay_out()
        self._bind()
        self._show_nothing(self._nothing())

    # layout

    def _lay_out(self) -> None:
        rule = self._view_model.rule
        name = rule.name.zh if current_language() == "zh_CN" else rule.name.en
        wanted = self.tr("{rule}: {wide} × {high} mm, {width} × {height} pixels, at most {most} KB").format(
            rule=name, wide=rule.width_mm, high=rule.height_mm, width=rule.width, height=rule.height,
            most=rule.most_bytes // 1000)
        keys = self.tr("Drag the picture, or push it with the arrow keys (with Shift a little); + and − or the wheel "
                       "make it larger and smaller. The face belongs into the oval, the eyes on the line.")
        side = QVBoxLayout()
        side.setSpacing(GRID)
        for part in (label(wanted, "muted", wrap=True), self.picture, self.verdict, self.words):
            side.addWidget(part)
        side.addStretch(1)
        side.addWidget(label(keys, "muted", wrap=True))
        holder = QWidget()
        holder.setFixedWidth(SIDE)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(side)
        middle = QHBoxLayout()
        middle.setSpacing(2 * GRID)
        middle.addWidget(self.frame, 1)
        middle.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(row(self.choose, self.film, self.devices, self.take, self.turn, None))
        column.addWidget(self.notice)
        column.addLayout(middle, 1)
        column.addLayout(row(None, self.cancel, self.use))

    def _bind(self) -> None:
        model = self._view_model
        self.frame.moved.connect(self._push)
        self.frame.zoomed.connect(model.zoom)
        self.devices.activated.connect(self._film)
        model.opened.connect(self._show_opened)
        model.cropped.connect(self._show_crop)
        model.checked.connect(self._show_checked)
        model.refused.connect(self._show_refused)
        model.failed.connect(self._show_failed)
        self.finished.connect(lambda _how: self._stop())

    # what comes in

    def open_file(self, path: str) -> None:
        self._begin()
        self._view_model.open_file(path)

    def open_image(self, image: QImage) -> None:
        self._begin()
        self._view_model.open_image(image)

    def _begin(self) -> None:
        """A picture of 40 million pixels takes its seconds."""
        self.notice.clear()
        self._stop()
        self.use.setEnabled(False)
        self.words.setText(self.tr("Opening the picture …"))

    def _ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a photo"), "",
                                              self.tr("Pictures (*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.gif)"))
        if path:
            self.open_file(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_in(event.mimeData())

    def take_in(self, held: QMimeData) -> None:
        """A file or a picture that was dropped."""
        files = [url.toLocalFile() for url in held.urls() if url.isLocalFile()]
        if files:
            self.open_file(files[0])
        elif held.hasImage():
            self.open_image(QImage(held.imageData()))

    # the camera

    def _switch_camera(self) -> None:
        if self._camera is not None and self._camera.is_on:
            self._stop()
            self._show_nothing(self._nothing())
        else:
            self._film(0)

    def _film(self, place: int) -> None:
        self.notice.clear()
        if self._camera is None:
            self._camera = self._open_camera()
            self._camera.setParent(self)
            self._camera.pictured.connect(self._show_live)
            self._camera.refused.connect(self._show_camera_refused)
        names = self._camera.names()
        self.devices.clear()
        self.devices.addItems(names)
        self.devices.setCurrentIndex(place)
        self._show_nothing(self.tr("Bring the head into the guide, then take the picture with the space bar."))
        self._camera.start(place)

    def _show_live(self, image: QImage) -> None:
        if self._live.isNull():
            self.devices.setVisible(self.devices.count() > 1)
            self.take.show()
            self.take.setFocus()
        self._live = image
        self.frame.show_image(image)
        self.frame.show_part(_part(largest_crop((image.width(), image.height()), self._view_model.rule)))

    def _take_picture(self) -> None:
        self.open_image(self._live)

    def _stop(self) -> None:
        if self._camera is not None:
            self._camera.stop()
        self._live = QImage()
        self.take.hide()
        self.devices.hide()

    def _show_camera_refused(self, code: str) -> None:
        self._stop()
        self._show_nothing(self._nothing())
        self.notice.refuse(sentence(f"photo_{code}"))

    # what is shown

    def _nothing(self) -> str:
        return self.tr("Choose a file, drop a picture here, or take one with the camera.")

    def _show_nothing(self, words: str) -> None:
        self._view_model.close()
        for part in (self.take, self.devices, self.verdict, self.picture):
            part.hide()
        self.frame.show_image(QImage())
        self.words.setText(words)
        self.turn.setEnabled(False)
        self.use.setEnabled(False)
        self.choose.setFocus()

    def _push(self, right: float, down: float) -> None:
        """The picture goes one way, so the frame goes the other."""
        crop = self._view_model.crop
        if crop is not None:
            self._view_model.move(-right * crop.width, -down * crop.width)

    def _show_opened(self, image: QImage) -> None:
        self.notice.clear()
        self.frame.show_image(image)
        self.turn.setEnabled(True)
        self.frame.setFocus()

    def _show_crop(self, crop: Crop) -> None:
        self.frame.show_part(_part(crop))
        self.use.setEnabled(False)

    def _show_checked(self, reading: PhotoReading) -> None:
        self.picture.setPixmap(picture_of(reading.jpeg, RESULT))
        self.picture.show()
        self.verdict.set_chip(self._chip(reading))
        self.verdict.show()
        said = [problem_sentence(one, current_language()) for one in reading.problems]
        if reading.jpeg is not None:
            said.append(self.tr("{n} KB").format(n=self.locale().toString(len(reading.jpeg) / 1000, "f", 1)))
        self.words.setText("\n".join(said))
        self.use.setEnabled(reading.jpeg is not None)

    def _show_refused(self, problem: Problem) -> None:
        self._show_as_before()
        self.notice.refuse(problem_sentence(problem, current_language()))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self._show_as_before()
        self.notice.warn(sentence_of(fault))

    def _show_as_before(self) -> None:
        """Where a picture is still being checked, its words come by themselves."""
        if self._view_model.crop is None:
            self._show_nothing(self._nothing())
        elif self._view_model.reading is not None:
            self._show_checked(self._view_model.reading)

    def _chip(self, reading: PhotoReading | None = None) -> Chip:
        if reading is None or reading.jpeg is None:
            return Chip(Tone.REFUSE, Shape.CROSS, self.tr("Refused"))
        if reading.problems:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("Check"))
        return Chip(Tone.GOOD, Shape.TICK, self.tr("As the rule asks"))

    def _use(self) -> None:
        reading = self._view_model.reading
        if reading is not None and reading.jpeg is not None:
            self.used.emit(reading)
            self.accept()


def _part(crop: Crop) -> QRectF:
    """In shares of the picture."""
    width, height = crop.size
    return QRectF(crop.left / width, crop.top / height, crop.width / width, crop.height / height)


def _own_camera() -> "Camera":
    from desktop.camera import Camera  # noqa: PLC0415 - what films loads only where it is wanted

    return Camera()
