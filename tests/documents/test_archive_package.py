"""The archive of a batch: whole, catalogued, and any damage is found and named."""

import io
import zipfile
from random import Random

import pytest
from kit.exam_days import ExamDay
from test_registers import FONTS, MADE, flat, pages

from appraisal.documents.archive_package import LIST, SUMS, VOLUMES, check_archive, write_archive
from appraisal.documents.register_words import Words
from appraisal.documents.registers import Setting
from appraisal.domain.errors import RuleViolation
from db.engine import open_sqlite


@pytest.fixture(scope="module")
def package():
    exam = ExamDay(open_sqlite(None), people=12).enrol().seat().examine().mark()
    out = io.BytesIO()
    at = Setting(exam.reads.book(exam.batch), Words("zh_CN"))
    count = write_archive(at, exam.reads.picture, FONTS, MADE, out)
    again = io.BytesIO()
    write_archive(at, exam.reads.picture, FONTS, MADE, again)
    assert again.getvalue() == out.getvalue()
    exam.engine.dispose()
    return count, out.getvalue()


def kept(tmp_path, data):
    file = tmp_path / "archive.zip"
    file.write_bytes(data)
    return file


def rewritten(data, change):
    """The package with some files changed: `change` maps (name, bytes) to bytes, or None to leave it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            if (kept_as := change(one, old.read(one))) is not None:
                new.writestr(one, kept_as)
    return out.getvalue()


def test_it_is_whole_and_its_catalogue_names_every_file(package, tmp_path):
    count, data = package
    assert check_archive(kept(tmp_path, data)) == count - 1
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        names = found.namelist()
        listed = flat("".join(pages(found.read(LIST))))
    assert len(names) == count
    assert len({name.split("/")[0] for name in names if "/" in name}) == len(VOLUMES) == 5
    assert sum(name.endswith(".jpg") for name in names) == 12
    for name in names:
        if name not in (SUMS, LIST):
            assert flat(name) in listed


def test_a_changed_a_missing_and_an_added_file_are_named(package, tmp_path):
    _, data = package
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        names = [one for one in found.namelist() if one != SUMS]
    for name in names:
        changed = rewritten(data, lambda one, said, name=name: said + b" " if one == name else said)
        missing = rewritten(data, lambda one, said, name=name: None if one == name else said)
        for damaged, code in ((changed, "archive_file_changed"), (missing, "archive_file_missing")):
            with pytest.raises(RuleViolation) as refused:
                check_archive(kept(tmp_path, damaged))
            assert (refused.value.code, refused.value.detail["name"]) == (code, name)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as more:
        more.writestr("6-later/note.txt", "x")
    with pytest.raises(RuleViolation, match="archive_file_unlisted"):
        check_archive(kept(tmp_path, out.getvalue()))


def test_no_flipped_byte_goes_unseen(package, tmp_path):
    """But for bytes of a zip that say nothing of the files' content, such as times and attributes."""
    count, data = package
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        spans = [(one.header_offset + 30 + len(one.filename.encode()), one.compress_size) for one in found.infolist()]
    pick = Random(5)
    for start, size in spans:
        at = start + pick.randrange(size)
        flipped = bytearray(data)
        flipped[at] ^= 1 << pick.randrange(8)
        with pytest.raises(RuleViolation):
            check_archive(kept(tmp_path, bytes(flipped)))
    assert len(spans) == count


@pytest.mark.parametrize("data", [b"", b"PK", b"\0" * 4000])
def test_what_is_no_archive(data, tmp_path):
    with pytest.raises(RuleViolation, match="archive_unreadable"):
        check_archive(kept(tmp_path, data))


def test_a_package_cut_short(package, tmp_path):
    with pytest.raises(RuleViolation, match="archive_unreadable"):
        check_archive(kept(tmp_path, package[1][:-100]))
