"""The consents on paper 同意书: one sheet for a candidate to tick and sign, in the words that stand on the screen."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from appraisal.domain.centre import CentreFounded
from appraisal.domain.consent import Purpose
from appraisal.domain.consent_terms import consent_terms
from desktop.i18n import current_language
from desktop.theme import FAMILIES

POINTS = 10.0
"""Small enough for all of it on one page: what is signed stands above the signature."""
_STYLE = "h2, h4, p { margin-top: 4px; margin-bottom: 4px; } h4 { margin-top: 10px; }"
_LINE = "_" * 24

translate = QCoreApplication.translate


def print_consents(centre: CentreFounded, name: str, number: str, parent: QWidget) -> bool:
    """Asks for a printer; False where none was chosen."""
    language, printer, terms = current_language(), QPrinter(QPrinter.PrinterMode.HighResolution), consent_terms()
    if QPrintDialog(printer, parent).exec() != QPrintDialog.DialogCode.Accepted:
        return False
    texts = [terms.text(one, language) for one in Purpose]
    whose = centre.name.zh if language == "zh_CN" else centre.name.en
    print_sheet(sheet(whose, name, number, texts, terms.version), printer)
    return True


def sheet(centre: str, name: str, number: str, texts: Sequence[str], version: str) -> str:
    """As HTML. `texts`: of each consent, its title in the first line. An empty `name` or `number` is a line to fill."""
    asked = "".join(_consent(text) for text in texts)
    who = _rows((translate("ConsentSheet", "Name"), name), (translate("ConsentSheet", "Document number"), number))
    signed = _rows((translate("ConsentSheet", "Signature"), ""),
                   (translate("ConsentSheet", "Guardian's signature (under 14)"), ""),
                   (translate("ConsentSheet", "Date"), ""), room=9)
    title = translate("ConsentSheet", "Consent to the processing of personal information")
    foot = translate("ConsentSheet", "Text version {version}. One copy stays with the centre; the candidate may have "
                                     "another.").format(version=escape(version))
    return (f'<h2 align="center">{title}</h2><p align="center">{escape(centre)}</p>{who}{asked}{signed}'
            f'<p style="font-size: 8pt">{foot}</p>')


def print_sheet(html: str, printer: QPrinter) -> None:
    """Qt leaves two centimetres around it."""
    printer.setFullPage(True)
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(POINTS)
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(html)
    document.print_(printer)


def _consent(text: str) -> str:
    title, _, body = text.partition("\n")
    paragraphs = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in body.strip().split("\n\n"))
    choice = translate("ConsentSheet", "□ I agree      □ I do not agree").replace("  ", "&nbsp; ")
    return f"<h4>{escape(title)}</h4>{paragraphs}<p><b>{choice}</b></p>"


def _rows(*rows: tuple[str, str], room: int = 3) -> str:
    """`room`: pixels around each."""
    lines = "".join(f"<tr><td>{escape(title)}&nbsp;&nbsp;</td><td>{escape(value) or _LINE}</td></tr>"
                    for title, value in rows)
    return f'<table cellpadding="{room}">{lines}</table>'
