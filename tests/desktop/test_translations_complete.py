"""Every text of the windows has its Chinese, and what is shipped was made from what is written."""

import importlib.util
import re
import shutil
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QDialogButtonBox

from appraisal.sentences import catalogue
from desktop.errors import sentence
from desktop.i18n import LANGUAGES, choose_language, current_language

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("packaging_translations", ROOT / "packaging" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fresh(tool, tmp_path_factory):
    """The shipped .ts, brought up to date with the code as it is now."""
    ts = tmp_path_factory.mktemp("translations") / tool.SOURCES.name
    shutil.copy(tool.SOURCES, ts)
    tool.update(ts)
    return ts


def test_every_text_of_the_windows_is_in_chinese(tool, fresh):
    assert tool.unfinished(fresh) == []
    assert tool.texts(fresh) == tool.texts()
    assert len(tool.texts()) > 80


def test_the_compiled_translation_is_not_stale(tool, tmp_path):
    made = tool.release(qm=tmp_path / "made.qm")
    assert made.read_bytes() == tool.SOURCES.with_suffix(".qm").read_bytes()


def test_a_text_without_chinese_is_named(tool, tmp_path):
    ts = tmp_path / "one.ts"
    body = tool.SOURCES.read_text("utf-8")
    ts.write_text(body.replace("<translation>已保存</translation>", '<translation type="unfinished" />'), "utf-8")
    assert set(tool.unfinished(ts)) - set(tool.unfinished()) == {"Chip: Saved"}
    assert tool.fill({"Saved": "已保存"}, ts) == tool.unfinished()
    assert "已保存" in ts.read_text("utf-8")


def test_the_chinese_keeps_the_places_and_the_mnemonics(tool):
    for message in ET.parse(tool.SOURCES).iter("message"):
        source, chinese = message.findtext("source"), message.findtext("translation")
        if not chinese:
            continue  # the test of completeness names it
        places = [[name for _, name, _, _ in Formatter().parse(text) if name] for text in (source, chinese)]
        assert sorted(places[0]) == sorted(places[1]), source
        letters = [re.findall(r"&(\w)", text.upper()) for text in (source, chinese)]
        assert letters[0] == letters[1], source  # and no page has one twice: tests/desktop/conftest.py looks


def test_no_text_of_a_window_is_made_from_parts():
    """tr() takes a plain text: an f-string or a variable would never be found by the extractor."""
    wrong = [f"{module.name}: {line.strip()}" for module in (ROOT / "desktop").rglob("*.py")
             for line in module.read_text("utf-8").splitlines() if re.search(r"\.tr\(\s*(f[\"']|[a-z_]+\s*[,)])", line)]
    assert wrong == []


def test_chinese_reaches_our_texts_and_those_of_qt(qapp, dressed, qtbot):
    dressed("light", "zh_CN")
    assert QCoreApplication.translate("Chip", "Saved") == "已保存"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text().startswith("取消")
    assert current_language() == "zh_CN"
    dressed("light", "en")
    assert QCoreApplication.translate("Chip", "Saved") == "Saved"
    assert current_language() == "en"
    assert QLocale().name() == "en_GB"


def test_another_language_is_not_taken(qapp):
    with pytest.raises(KeyError):
        choose_language(qapp, "fr")
    assert current_language() == "en"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_code_without_a_sentence_is_still_said(dressed, language):
    dressed("light", language)
    assert "no_such_code" in sentence("no_such_code", {"field": "x"})
    assert sentence("form_passphrase_short", {"shortest": 10}) == \
        catalogue(language)["form_passphrase_short"].format(shortest=10)


def test_the_sentences_of_the_windows_are_in_both_languages():
    said = [tomllib.loads((ROOT / "resources" / "messages" / language / "desktop.toml").read_text("utf-8"))
            for language in LANGUAGES]
    assert said[0].keys() == said[1].keys()
    for code, chinese in said[0].items():
        places = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (chinese, said[1][code])]
        assert places[0] == places[1], code
