"""What every test of the windows needs: no screen, our fonts and palette, both languages, pictures to look at."""

import os
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

import pytest
from certificate_kit import granted_centre
from mnemonics_kit import doubled
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from desktop.i18n import choose_language
from desktop.press import DeskPress
from desktop.tasks import Tasks
from desktop.theme import Scheme, apply_theme, register_fonts

PICTURES = Path(__file__).parents[2] / "screenshots"
SIZES = ((1366, 768), (1920, 1080))
QUICKLY = 80
"""Qt's word for zlib's first level: a PNG loses nothing, a file is a little longer."""


def pytest_collection_modifyitems(items):
    """The offscreen platform says what it cannot do (size hints, raising): not ours to mend."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", "No RHI backend", extend=True))


@pytest.fixture(scope="session")
def fonts(qapp):
    register_fonts()


def dress(app: QApplication, scheme: str = "light", language: str = "en") -> QApplication:
    choose_language(app, language)
    if app.property("scheme") != scheme:  # a style sheet costs more than a test
        apply_theme(app, Scheme(scheme))
        app.setProperty("scheme", scheme)
    return app


@pytest.fixture(scope="module")
def wardrobe(qapp, fonts):
    """`wardrobe(scheme, language)` puts them on; what the module's last test had on is taken off after it."""
    yield partial(dress, qapp)
    dress(qapp)


@pytest.fixture
def dressed(wardrobe, request):
    """The application in light and English, or in the test's `look`; `dressed(scheme, language)` to have it otherwise.
    Whoever comes next dresses anew."""
    wardrobe(*request.getfixturevalue("look")[:2] if "look" in request.fixturenames else ())
    return wardrobe


@pytest.fixture(autouse=True)
def _always_dressed(dressed):
    """No test of a window runs in the system's own colours."""


@pytest.fixture
def qtbot(qtbot):
    """Whatever a test waits to see, a letter with Alt stands for one thing in it."""

    def looking(wait):
        def waited(*arguments, **more):
            wait(*arguments, **more)
            for window in QApplication.topLevelWidgets():
                if window.isVisible():
                    assert doubled(window) == {}, window
        return waited

    qtbot.waitUntil, qtbot.wait = looking(qtbot.waitUntil), looking(qtbot.wait)
    return qtbot


@pytest.fixture
def tasks():
    lanes = Tasks()
    yield lanes
    lanes.close()


@pytest.fixture(scope="session")
def press():
    """It keeps nothing of what it prints."""
    return DeskPress()


@pytest.fixture
def centre(tmp_path):
    """Open, and granted by an association. Pages that need another have their own."""
    made = granted_centre(tmp_path / "desk")
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path):
    return QSettings(str(tmp_path / "windows.ini"), QSettings.Format.IniFormat)


LOOKS = [(scheme, language, size) for scheme in ("light", "dark") for language in ("zh_CN", "en") for size in SIZES]
"""The narrowest in each language and each colour are looked at always, the others by the long tests."""


@pytest.fixture(scope="module", params=[
    pytest.param(one, marks=[] if one in (LOOKS[0], LOOKS[-2]) else pytest.mark.long,
                 id=f"{one[0]}-{one[1]}-{one[2][0]}x{one[2][1]}") for one in LOOKS])
def look(request):
    """(scheme, language, (width, height)) of each picture to take; `dressed` has put it on. Of the module, so that all
    its pictures in one look come one after the other."""
    return request.param


@pytest.fixture
def shoot(qtbot, request):
    """`shoot(widget, name)`: show it in the size of `look` (or its own) and save screenshots/<name>-<look>.png."""

    def take(widget, name: str, size: tuple[int, int] | None = None) -> Path:
        scheme, language, screen = request.getfixturevalue("look")
        width, height = size or screen
        widget.setFixedSize(width, height)
        widget.show()
        qtbot.wait(50)
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{name}-{scheme}-{language}-{screen[0]}.png"
        assert widget.grab().save(str(path), "PNG", QUICKLY)
        return path

    return take
