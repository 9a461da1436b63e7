"""How the windows look: Fusion, an explicit palette for light and dark, a small style sheet, our own fonts.

Whoever paints asks `tokens_of(widget.palette())`, so nothing has to be told which scheme is on. Sizes stand on
a grid of 8 pixels; a table row is 28.
"""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from importlib.resources import as_file, files
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8
ROW_HEIGHT = 28
FAMILIES = ["Noto Sans SC", "Rare Han Ext"]
"""In the order tried: the second has the characters of rare names."""

_FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "RareHanExt-Regular.ttf")
TEXT_PIXELS = 14


class Scheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #rrggbb, by what they mean. `*_soft` is the ground on which the tone's own colour is text."""

    window: str
    base: str
    alternate: str
    side: str
    border: str
    edge: str
    """Outline of things to press or type into: 3:1 at least against their ground."""
    hover: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    accent_hover: str
    selection: str
    on_selection: str
    neutral_soft: str
    info: str
    info_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    refuse: str
    refuse_soft: str


LIGHT = Tokens(
    window="#f4f6f8", base="#ffffff", alternate="#f8fafb", side="#e8ecf1", border="#d5dbe2", edge="#7e8a97",
    hover="#e3e9f0", text="#18212b", muted="#55606d", disabled="#8a95a1", accent="#1a5fa8",
    on_accent="#ffffff", accent_hover="#174f8b", selection="#cfe2f6", on_selection="#0f2438",
    neutral_soft="#e9edf1", info="#1a5490", info_soft="#e3eefa", good="#176338", good_soft="#dff3e6",
    warn="#7a4a00", warn_soft="#fdf0d3", refuse="#a81c1c", refuse_soft="#fde8e6")

DARK = Tokens(
    window="#171c22", base="#1e252d", alternate="#222a33", side="#12171c", border="#36414d", edge="#77858f",
    hover="#2a343f", text="#e6ebf0", muted="#a7b2bd", disabled="#77828e", accent="#7db8f2",
    on_accent="#0f1720", accent_hover="#9ccaf7", selection="#28496b", on_selection="#f2f7fc",
    neutral_soft="#2d3741", info="#9cc9f5", info_soft="#1d344c", good="#8ddbab", good_soft="#183a27",
    warn="#f2c46d", warn_soft="#42310f", refuse="#ff9d94", refuse_soft="#4a1f1d")

TOKENS = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK}

TEXT_ON_GROUND = (
    ("text", "window"), ("text", "base"), ("text", "alternate"), ("text", "side"), ("text", "hover"),
    ("muted", "window"), ("muted", "base"), ("muted", "alternate"), ("muted", "side"), ("muted", "neutral_soft"),
    ("text", "neutral_soft"), ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("on_selection", "selection"), ("accent", "base"), ("accent", "window"), ("info", "info_soft"),
    ("good", "good_soft"), ("warn", "warn_soft"), ("refuse", "refuse_soft"), ("refuse", "base"),
    ("refuse", "window"), ("text", "info_soft"), ("text", "good_soft"), ("text", "warn_soft"),
    ("text", "refuse_soft"),
)
"""Every pair of text and ground that the windows use; a test holds each to a contrast of 4.5."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def scheme_of(palette: QPalette) -> Scheme:
    return Scheme.DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else Scheme.LIGHT


def tokens_of(palette: QPalette) -> Tokens:
    return TOKENS[scheme_of(palette)]


def register_fonts() -> None:
    """Make the shipped fonts known to Qt. Needs a QGuiApplication. Raises FileNotFoundError for a missing one."""
    for name in _FONT_FILES:
        with as_file(files("resources") / "fonts" / name) as path:
            if QFontDatabase.addApplicationFont(str(path)) < 0:
                raise FileNotFoundError(path)


def text_font(pixels: int = TEXT_PIXELS, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font


def palette_of(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for one, colour in (
        (role.Window, tokens.window), (role.WindowText, tokens.text), (role.Base, tokens.base),
        (role.AlternateBase, tokens.alternate), (role.Text, tokens.text), (role.Button, tokens.base),
        (role.ButtonText, tokens.text), (role.BrightText, tokens.on_accent), (role.ToolTipBase, tokens.base),
        (role.ToolTipText, tokens.text), (role.PlaceholderText, tokens.muted), (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent), (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.on_selection), (role.Accent, tokens.accent), (role.Light, tokens.hover),
        (role.Midlight, tokens.hover), (role.Mid, tokens.border), (role.Dark, tokens.edge),
        (role.Shadow, tokens.border),
    ):
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.disabled))
    return palette


def style_sheet(scheme: Scheme) -> str:
    """resources/theme/house.qss with the scheme's colours and pictures filled in."""
    folder = files("resources") / "theme"
    text = Template((folder / "house.qss").read_text("utf-8"))
    return text.substitute(asdict(TOKENS[scheme]), pictures=str(folder / scheme.value).replace("\\", "/"))


def apply_theme(app: QApplication, scheme: Scheme) -> None:
    """Dress the whole application; may be called again to switch. `register_fonts` comes first."""
    app.setStyle("Fusion")
    app.setPalette(palette_of(TOKENS[scheme]))
    app.setFont(text_font())
    app.setStyleSheet(style_sheet(scheme))


def token_names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Tokens))
