"""What the camera sees, on the Verify page."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import GRID
from desktop.widgets.basics import label, row

if TYPE_CHECKING:
    from desktop.camera import CodeCamera

_SIDE = 0.55
"""Of the picture's shorter side: the frame into which the code is held."""


class Viewfinder(QWidget):
    """The newest picture, as large as there is room, and a frame for the code."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#101418"))
        if self._image.isNull():
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        side = round(min(size.width(), size.height()) * _SIDE)
        frame = QRect(0, 0, side, side)
        frame.moveCenter(place.center())
        painter.setPen(QPen(QColor("#ffffff"), 3))
        painter.drawRoundedRect(frame, GRID, GRID)


class CameraPanel(QWidget):
    """`open_camera` is called when a camera is first wanted: what films loads slowly, and needs a camera."""

    seen = Signal(object)
    """tuple[str, ...]: the texts with a payload in one picture. The camera is off then."""
    refused = Signal(str)
    """A sentence's code."""

    def __init__(self, open_camera: "Callable[[], CodeCamera]") -> None:
        super().__init__()
        self._open_camera = open_camera
        self._camera: CodeCamera | None = None
        self.viewfinder, self.devices = Viewfinder(), QComboBox()
        self.devices.setAccessibleName(self.tr("Camera"))
        self.devices.activated.connect(self.start)
        hint = label(self.tr("Hold the code into the frame, flat and in good light; it is read by itself. Esc ends."),
                     "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.viewfinder, 1)
        column.addLayout(row(hint, None, self.devices))

    @property
    def is_on(self) -> bool:
        return self._camera is not None and self._camera.is_on

    def start(self, place: int = 0) -> None:
        """The camera of this place; `refused` says why there is none."""
        if self._camera is None:
            self._camera = self._open_camera()
            self._camera.setParent(self)
            self._camera.pictured.connect(self.viewfinder.show_image)
            self._camera.seen.connect(self.seen)
            self._camera.refused.connect(self.refused)
        names = self._camera.names()
        self.devices.clear()
        self.devices.addItems(names)
        self.devices.setCurrentIndex(place)
        self.devices.setVisible(len(names) > 1)
        self.viewfinder.show_image(QImage())
        self._camera.start(place)

    def stop(self) -> None:
        if self._camera is not None:
            self._camera.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight it is off."""
        self.stop()
        super().hideEvent(event)
