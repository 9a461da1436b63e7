"""F1: the page's section of the manual, in a window beside the work."""

import re
from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from desktop.i18n import current_language
from desktop.theme import GRID

FIRST = "desk"
"""The section for a page that has none of its own."""
_HEAD = re.compile(r"^## (?P<title>.+?) \{#(?P<key>[\w-]+)\}$", re.MULTILINE)
_USUAL = QSize(680, 680)
_LINE = 125.0
"""Per cent of a line's own height."""


def sections(language: str) -> dict[str, tuple[str, str]]:
    """Key -> title and Markdown of each section, in the manual's order. Raises FileNotFoundError."""
    text = (files("resources") / "manual" / f"desk.{language}.md").read_text("utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [one.start() for one in heads[1:]] + [len(text)]
    return {head["key"]: (head["title"], text[head.end():end].strip()) for head, end in zip(heads, ends, strict=True)}


class HelpDialog(QDialog):
    """Does not hold the window up: one reads and works at the same time. Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_USUAL)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(2 * GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self.close)

    def show_section(self, key: str) -> None:
        """The page's section, and under it links to the others."""
        known = sections(current_language())
        title, body = known.get(key, known[FIRST])
        self.setWindowTitle(QCoreApplication.translate("Help", "Help: {title}").format(title=title))
        others = "   ".join(f"[{name}](#{other})" for other, (name, _) in known.items())
        self.text.setMarkdown(f"## {title}\n\n{body}\n\n---\n\n{others}\n")
        self.text.setAccessibleName(title)
        _space(self.text.document())


def _space(document: QTextDocument) -> None:
    """Room between paragraphs and lines: Markdown comes without."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        form = block.blockFormat()
        form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.currentTable() is None:
            form.setBottomMargin(GRID // 2 if cursor.currentList() is not None else GRID)
        cursor.setBlockFormat(form)
        block = block.next()


def show_help(parent: QWidget, key: str) -> HelpDialog:
    """The section of page `key` over `parent`; a window of help that is open already turns to it."""
    dialog = next((one for one in parent.findChildren(HelpDialog) if one.isVisible()), None)
    if dialog is None:
        dialog = HelpDialog(parent)
        opened = dialog
        dialog.text.anchorClicked.connect(lambda link: opened.show_section(link.fragment()))
    dialog.show_section(key)
    dialog.show()
    dialog.activateWindow()
    dialog.text.setFocus()
    return dialog
