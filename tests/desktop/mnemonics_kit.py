"""Which letters with Alt more than one control of a window answers to."""

from collections import defaultdict

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QTabBar


def _texts(window):
    """Of what is in sight; the entries of a menu have letters of their own, and so has a dialog over the window."""
    def own(kind):
        return [one for one in window.findChildren(kind) if one.window() is window]

    for kind in (QAbstractButton, QGroupBox):
        yield from ((one.text() if kind is QAbstractButton else one.title()) for one in own(kind) if one.isVisible())
    yield from (one.text() for one in own(QLabel)
                if one.isVisible() and one.buddy() is not None and one.buddy().isVisible())
    for bar in own(QTabBar):
        yield from (bar.tabText(at) for at in range(bar.count()) if bar.isVisible() and bar.isTabVisible(at))


def mnemonics(window):
    """`Alt+P` -> the texts in sight that it stands for."""
    found = defaultdict(list)
    for text in _texts(window):
        keys = QKeySequence.mnemonic(text).toString()
        if keys:
            found[keys].append(text)
    return found


def doubled(window):
    return {keys: texts for keys, texts in mnemonics(window).items() if len(texts) > 1}
