"""State of the photo dialog: a picture from a file or the camera, the part of it that is wanted, and what the rules say
of that part."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from appraisal.documents.photo import PhotoReading, PhotoRefused, check_photo, crop_photo, original_photo
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.photo_rule import PhotoRule
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.chosen_file import bytes_of
from desktop.viewmodels.photo_crop import Crop, largest_crop

SHOWN = (1600, 1600)
"""At most so many pixels of a picture are shown; the photo is cut from all that it has."""


@dataclass(frozen=True, slots=True)
class _Picture:
    original: Image.Image
    shown: QImage
    data: bytes | None = None
    """The file, where the picture is as it stands there."""


class PhotoViewModel(QObject):
    opened = Signal(QImage)
    """A picture, small enough to be shown."""
    cropped = Signal(object)
    """The Crop; what the rules say of it is still to come."""
    checked = Signal(object)
    """A PhotoReading of the crop as it stands."""
    refused = Signal(object)
    """The Problem that keeps a file from being opened; the picture before it stays."""
    failed = Signal(object)

    def __init__(self, rule: PhotoRule, tasks: Tasks) -> None:
        super().__init__()
        self.rule, self._tasks = rule, tasks
        self._opening, self._checking = Latest(), Latest()
        self._picture: _Picture | None = None
        self.crop: Crop | None = None
        self.reading: PhotoReading | None = None
        """None while it is not known yet."""

    def close(self) -> None:
        """No picture, also none that is still being opened."""
        for one in (self._opening, self._checking):
            one.take()
        self._picture = self.crop = self.reading = None

    def open_file(self, path: str) -> None:
        def read() -> _Picture:
            data = bytes_of(path)
            original = original_photo(data, self.rule)
            return _Picture(original, _shown(original), data)

        self._open(read)

    def open_image(self, image: QImage) -> None:
        """What a camera gives, or another program."""
        def read() -> _Picture:
            original = _original(image)
            return _Picture(original, _shown(original))

        self._open(read)

    def turn(self) -> None:
        """A quarter to the right."""
        picture = self._picture
        if picture is None:
            return

        def turned() -> _Picture:
            original = picture.original.transpose(Image.Transpose.ROTATE_270)
            return _Picture(original, _shown(original))

        self._open(turned)

    def move(self, right: float, down: float) -> None:
        """The frame, by pixels of the original."""
        if self.crop is not None:
            self._take_crop(self.crop.moved(right, down))

    def zoom(self, factor: float) -> None:
        if self.crop is not None:
            self._take_crop(self.crop.zoomed(factor))

    def _open(self, read: Callable[[], _Picture]) -> None:
        self._tasks.read(read, self._on_opened, self._opening)

    def _on_opened(self, done: "Future[_Picture]") -> None:
        try:
            self._picture = done.result()
        except PhotoRefused as refusal:
            self.refused.emit(refusal.problem)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.opened.emit(self._picture.shown)
            self._take_crop(largest_crop(self._picture.original.size, self.rule))

    def _take_crop(self, crop: Crop) -> None:
        self.crop, self.reading = crop, None
        self.cropped.emit(crop)
        picture, rule = self._picture, self.rule
        assert picture is not None
        if crop.is_whole() and picture.data is not None:  # a photo as it is wanted stays byte for byte
            data = picture.data
            self._tasks.read(lambda: check_photo(data, rule), self._on_checked, self._checking)
        else:
            self._tasks.read(lambda: crop_photo(picture.original, crop.box, rule), self._on_checked, self._checking)

    def _on_checked(self, done: "Future[PhotoReading]") -> None:
        self.reading = done.result()
        self.checked.emit(self.reading)


def _shown(original: Image.Image) -> QImage:
    small = original.convert("RGB")
    small.thumbnail(SHOWN)
    return QImage(small.tobytes(), small.width, small.height, 3 * small.width, QImage.Format.Format_RGB888).copy()


def _original(image: QImage) -> Image.Image:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return Image.fromarray(rows[:, :plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy())
