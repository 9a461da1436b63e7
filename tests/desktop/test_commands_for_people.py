"""What `bundle inspect` and `self-test` say without --json: sentences in the language chosen, no names of fields."""

import re

import pytest
from certificate_kit import consenting_batch, granted_centre
from import_marks_kit import operators

from desktop.cli import main
from desktop.commands.exchange import export

NAMES = ("张伟", "欧阳娜娜")


@pytest.fixture
def bundle(tmp_path):
    centre = granted_centre(tmp_path / "desk")
    consenting_batch(centre, NAMES)
    done = export(centre, operators(centre)["certificate_officer"], tmp_path / "stick")
    centre.close()
    return done


@pytest.fixture
def said(capsys, dressed):
    def run(language, *words):
        code = main(["--language", language, *map(str, words)])
        out, err = capsys.readouterr()
        assert (code, err) == (0, "")
        return out

    return run


def names_of_fields(text):
    return re.findall(r"\b[a-z]+_[a-z_]+\b|^[a-z]+: |[\[\]{}()]'|True|None", text, re.MULTILINE)


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("{n} records and 0 photos", "had sent this desk no receipt", "part-0001: records, ")),
    ("zh_CN", ("{n} 条记录，0 张照片", "还没有给过本工位回执", "part-0001：记录，"))])
def test_a_bundle_is_told_in_sentences(bundle, said, language, words):
    text = said(language, "bundle", "inspect", bundle.bundle)
    assert [one for one in words if one.format(n=bundle.records) not in text] == []
    assert names_of_fields(text) == []


def test_a_part_that_is_missing_or_cut_is_said(bundle, said):
    part = bundle.bundle / "part-0001"
    part.write_bytes(part.read_bytes()[:-1])
    assert "part-0001: records, is not" in said("en", "bundle", "inspect", bundle.bundle)
    part.unlink()
    assert "文件不见了" in said("zh_CN", "bundle", "inspect", bundle.bundle)


@pytest.mark.parametrize(("language", "well"), [
    ("en", "The shipped schemes: well."), ("zh_CN", "随程序提供的方案：正常。")])
def test_the_self_test_is_told_in_sentences(said, language, well):
    text = said(language, "self-test")
    assert well in text.splitlines()
    assert len(text.splitlines()) == 3
    assert names_of_fields(text) == []
