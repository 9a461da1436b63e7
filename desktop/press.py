"""The press: certificates to PDF, and proofs read back. Fonts are loaded once, at first need."""

import io
from collections.abc import Callable, Sequence
from copy import copy
from functools import partial
from pathlib import Path
from threading import Lock

from appraisal.credential.digits import payload_text
from appraisal.credential.symbol import Modules, symbol
from appraisal.documents.certificate import Printable, Sheets, render
from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.documents.preflight import read_matches
from appraisal.documents.templates import Adopted, Template, load_template
from appraisal.domain.centre import CentreFounded
from appraisal.domain.errors import RuleViolation
from appraisal.usecases.issue_certificates import Proof
from appraisal.usecases.ports import Issued, Step

AT_A_TIME = 100
"""Proofs in one PDF: bounds what lies in memory, and how long a cancel waits."""
FAST_SYMBOL = partial(symbol, by="zxing")
DEMONSTRATION = "演示 DEMONSTRATION"


class DeskPress:
    """Built once. One writer and some readers may use it at the same time: they take turns."""

    def __init__(self, fonts: Path | None = None, pdfium: "Lock | None" = None,
                 draw: Callable[[str], Modules] = FAST_SYMBOL, adopted: Adopted | None = None) -> None:
        """`pdfium` is shared with whoever else reads PDFs: it is not for two threads at once. `draw` makes the QR.
        `adopted`: the association's templates; None: those of the release only."""
        self._fonts = FontBook(fonts or shipped_fonts())
        self._pdfium = pdfium or Lock()
        self._draw, self._adopted = draw, adopted
        self._templates: dict[str, Template] = {}

    @property
    def fonts(self) -> FontBook:
        return self._fonts

    def with_templates(self, adopted: Adopted) -> "DeskPress":
        """The same press, fonts and all, for a desk that has these."""
        made = copy(self)
        made._adopted, made._templates = adopted, {}  # noqa: SLF001 - its own copy
        return made

    def version(self, template: str) -> tuple[str, int]:
        """Raises RuleViolation template_unknown."""
        found = self._template(template)
        return found.version, found.number

    def check(self, template: str, host: str, proofs: Sequence[Proof], step: Step) -> None:
        """Counts as the second half of issuing. Raises glyph_missing, qr_too_large, certificate_unreadable."""
        layout = self._template(template)
        for start in range(0, len(proofs), AT_A_TIME):
            part = proofs[start:start + AT_A_TIME]
            texts = [payload_text(one.cose, host) for one in part]
            out = io.BytesIO()
            render([Printable(one.face, self._draw(text), one.photo, glyphs=one.glyphs)
                    for one, text in zip(part, texts, strict=True)], layout, self._fonts, out)
            with self._pdfium:
                for at, matches in enumerate(read_matches(out.getvalue(), layout, texts)):
                    if not matches:
                        raise RuleViolation("certificate_unreadable", "qr", number=part[at].face.number)
                    step(len(proofs) + start + at + 1, 2 * len(proofs))

    def print_issued(self, issued: Sequence[Issued], photos: Sequence[bytes | None], centre: CentreFounded) -> bytes:
        """One PDF, a page each in this order, each by the template that it was issued with.

        Raises RuleViolation template_unknown, glyph_missing.
        """
        remark = DEMONSTRATION if centre.demonstration else ""
        title = issued[0].face.title.zh if issued else ""
        out = io.BytesIO()
        with self._fonts.lock:
            sheets = Sheets(title, self._fonts)
            for one, photo in zip(issued, photos, strict=True):
                code = self._draw(payload_text(one.cose, centre.host))
                sheets.add(Printable(one.face, code, photo, remark, one.glyphs), self._template(one.template))
            sheets.write(out)
        return out.getvalue()

    def can_draw(self, character: str) -> bool:
        return self._fonts.can_draw(character)

    def _template(self, asked: str) -> Template:
        """By name, whatever is in force now; by version, always the same."""
        if asked not in self._templates:
            found = load_template(asked, self._adopted)
            self._templates[found.version] = found
            return found
        return self._templates[asked]
