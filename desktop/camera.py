"""The camera: pictures of QtMultimedia; and as a reader of certificates, off the GUI thread, texts out."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import numpy as np
from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, QPermission, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QCameraDevice, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

from appraisal.credential.reading import Grey, read_frame
from desktop.tasks import Tasks


class Camera(QObject):
    pictured = Signal(QImage)
    refused = Signal(str)
    """A sentence's code: camera_missing, camera_not_allowed, camera_failed."""

    def __init__(self, devices: Callable[[], Sequence[QCameraDevice]] = QMediaDevices.videoInputs) -> None:
        super().__init__()
        self._devices = devices
        self._session: QMediaCaptureSession | None = None
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._take)

    @property
    def is_on(self) -> bool:
        return self._session is not None

    def names(self) -> list[str]:
        return [one.description() for one in self._devices()]

    def start(self, place: int = 0) -> None:
        """The camera of this place among `names`; the answer is a picture or a refusal."""
        app, permission = QCoreApplication.instance(), QCameraPermission()
        assert app is not None
        if app.checkPermission(permission) is Qt.PermissionStatus.Granted:
            self._open(place)
        else:
            app.requestPermission(permission, self, lambda asked: self._on_permission(asked, place))

    def stop(self) -> None:
        if self._session is not None:
            camera, self._session = self._session.camera(), None
            camera.stop()
            camera.deleteLater()

    def _on_permission(self, asked: QPermission, place: int) -> None:
        if asked.status() is Qt.PermissionStatus.Granted:
            self._open(place)
        else:
            self.refused.emit("camera_not_allowed")

    def _open(self, place: int) -> None:
        self.stop()
        devices = self._devices()
        if not devices:
            self.refused.emit("camera_missing")
            return
        camera = QCamera(devices[min(place, len(devices) - 1)], self)
        camera.errorOccurred.connect(self._fail)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(camera)
        self._session.setVideoSink(self.sink)
        camera.start()

    def _fail(self, *_what: Any) -> None:
        self.stop()
        self.refused.emit("camera_failed")

    def _take(self, frame: QVideoFrame) -> None:
        image = frame.toImage() if self.is_on else QImage()
        if not image.isNull():
            self.pictured.emit(image)


class CodeCamera(Camera):
    """One picture is read at a time; those that come meanwhile are only shown."""

    seen = Signal(object)
    """tuple[str, ...]: the texts with a payload in one picture. The camera is off then."""

    def __init__(self, tasks: Tasks,
                 devices: Callable[[], Sequence[QCameraDevice]] = QMediaDevices.videoInputs) -> None:
        super().__init__(devices)
        self._tasks, self._reading = tasks, False
        self.pictured.connect(self._read)

    def _read(self, image: QImage) -> None:
        if not self._reading:
            self._reading = True
            self._tasks.read(lambda: read_frame(lambda: _channel(image, QImage.Format.Format_Grayscale8, 1),
                                                lambda: _channel(image, QImage.Format.Format_RGB888, 3)), self._on_read)

    def _on_read(self, done: "Future[Sequence[str]]") -> None:
        self._reading = False
        texts = tuple(done.result())
        if texts and self.is_on:
            self.stop()
            self.seen.emit(texts)


def _channel(image: QImage, form: QImage.Format, width: int) -> Grey:
    """The first of `width` bytes a pixel."""
    plain = image.convertToFormat(form)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return np.ascontiguousarray(rows[:, :plain.width() * width:width])
