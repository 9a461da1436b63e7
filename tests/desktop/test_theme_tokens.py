"""Colours one can read, fonts that have every character, pictures that exist."""

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QPushButton, QTableView

from appraisal import sentences
from desktop.models.chips import Tone
from desktop.theme import (
    FAMILIES,
    ROW_HEIGHT,
    TEXT_ON_GROUND,
    TOKENS,
    Scheme,
    contrast,
    palette_of,
    scheme_of,
    style_sheet,
    text_font,
    token_names,
    tokens_of,
)
from desktop.widgets.data_table import DataTable
from desktop.widgets.icons import icon, icon_pixmap

ROOT = Path(sentences.__file__).parents[1] / "resources"


@pytest.mark.parametrize(("scheme", "pair"), list(product(Scheme, TEXT_ON_GROUND)), ids=str)
def test_every_text_stands_out_from_its_ground(scheme, pair):
    text, ground = (getattr(TOKENS[scheme], name) for name in pair)
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("scheme", list(Scheme))
def test_edges_of_what_one_presses_stand_out(scheme):
    tokens = TOKENS[scheme]
    assert min(contrast(tokens.edge, tokens.base), contrast(tokens.edge, tokens.window)) >= 3


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_palette_tells_its_scheme(scheme):
    palette = palette_of(TOKENS[scheme])
    assert scheme_of(palette) is scheme
    assert tokens_of(palette) is TOKENS[scheme]


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_style_sheet_is_whole(scheme):
    text = style_sheet(scheme)
    assert "$" not in text
    pictures = re.findall(r"url\(([^)]+)\)", text)
    assert pictures
    assert [one for one in pictures if not Path(one).is_file()] == []


def is_red(colour):
    return colour.saturation() > 80 and (colour.hue() >= 345 or colour.hue() <= 15)


def test_only_refusals_are_red():
    reds = {name for tokens, name in product(TOKENS.values(), token_names()) if is_red(QColor(getattr(tokens, name)))}
    assert "refuse" in reds
    assert reds <= {"refuse", "refuse_soft"}


def drawn(text):
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setFont(text_font(24))
    painter.drawText(4, 30, text)
    painter.end()
    return bytes(image.constBits())


def test_rare_characters_are_drawn_not_boxed(qapp):
    assert QFontInfo(text_font()).family() == FAMILIES[0]
    pictures = [drawn(character) for character in ("陈", "𬱖", "㛃", "䶮", "𠅤")]
    box = drawn("\U0010FFFD")
    assert len(set(pictures)) == len(pictures)
    assert box not in pictures
    assert QFontMetrics(text_font()).horizontalAdvance("𬱖") == pytest.approx(14, abs=1)


def test_bold_is_our_own_bold(qapp):
    assert QFontInfo(text_font(bold=True)).bold()
    assert drawn("证") != b"\0" * len(drawn("证"))


@pytest.mark.parametrize("path", sorted((ROOT / "icons").glob("*.svg")), ids=lambda p: p.stem)
def test_icons_take_the_colour_of_the_scheme(path, dressed):
    assert "currentColor" in path.read_text("utf-8")
    inks = set()
    for scheme in Scheme:
        dressed(scheme)
        image = icon(path.stem).pixmap(24, 24).toImage()
        solid = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
        assert solid, "nothing was drawn"
        inks.add(solid[0].lightness() > 128)
    assert inks == {True, False}


@pytest.mark.parametrize("name", ["today", "candidates", "batches", "exam-day", "marks", "publicity", "certificates",
                                  "verify", "library", "sync", "figures", "administration", "search", "add",
                                  "import", "export", "print", "check", "warning", "refuse", "offline", "lock",
                                  "sun", "moon", "help"])
def test_the_icons_that_pages_name_are_there(name, qapp):
    assert not icon_pixmap(name, 24, qapp.palette()).isNull()


def test_an_icon_in_another_colour_and_switched_off(qapp):
    one, off = icon("check", "refuse"), icon("check")
    inked = one.pixmap(24, 24).toImage()
    grey = off.pixmap(24, 24, icon("check").Mode.Disabled).toImage()

    def ink(image):
        return next(image.pixelColor(x, y).name() for x in range(24) for y in range(24)
                    if image.pixelColor(x, y).alpha() == 255)

    assert ink(inked) == TOKENS[Scheme.LIGHT].refuse
    assert ink(grey) == TOKENS[Scheme.LIGHT].disabled


@pytest.mark.parametrize("tone", list(Tone))
def test_each_tone_is_readable_on_its_own_ground(tone):
    for tokens in TOKENS.values():
        assert contrast(tone.ink(tokens).name(), tone.ground(tokens).name()) >= 4.5


def test_a_switch_of_scheme_repaints_what_is_open(dressed, qtbot):
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.show()
    light = button.grab().toImage().pixelColor(20, 5).lightness()
    dressed("dark")
    dark = button.grab().toImage().pixelColor(20, 5).lightness()
    assert light > 200 > 90 > dark


def test_rows_are_dense(qtbot):
    table = DataTable("rows")
    qtbot.addWidget(table)
    assert isinstance(table, QTableView)
    assert table.verticalHeader().defaultSectionSize() == ROW_HEIGHT == 28
