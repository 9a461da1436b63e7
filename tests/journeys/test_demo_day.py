"""One appraisal day through the whole house, as `make demo` plays it; and what anybody can check afterwards."""

import random
import re
from pathlib import Path

import pypdfium2

from appraisal.credential.reading import read_payloads
from db.engine import open_url
from db.rebuild import digest
from db.schema import PROJECTED


def page_as_png(pdf, number, to, dpi=200):
    document = pypdfium2.PdfDocument(pdf)
    document[number].render(scale=dpi / 72).to_pil().save(to)
    document.close()
    return to


def test_everybody_who_passed_has_a_certificate_that_verifies_and_the_library_has_it_all(played):
    answer, _out = played
    assert answer["candidates"] == answer["enrolled"] == 144
    assert (answer["passed"], answer["failed"], answer["incomplete"]) == (116, 26, 2)
    assert answer["certificates"] == answer["verified"] == answer["passed"]
    assert answer["accepted"] == answer["records"] > 2000
    assert answer["refused_rows"] == answer["withheld"] == 0


def test_the_journal_is_intact_and_makes_the_same_tables_again(day):
    _answer, shell = day
    verified = shell.desk("journal", "verify")
    assert (shell.code, verified["intact"]) == (0, True)
    assert shell.desk("journal", "rebuild", "--check") == {"equal": True, "differing": []}


def test_a_picture_of_any_certificate_gives_its_number_and_name(day, tmp_path):
    _answer, shell = day
    pdf = shell.folder / "certificates.pdf"
    for page in (0, 60, 115):
        result, = shell.desk("verify", page_as_png(pdf, page, tmp_path / f"{page}.png"))["results"]
        text = pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_bounded()
        assert (shell.code, result["verdict"], result["status_age_days"]) == (0, "VALID", 0)
        assert result["number"] in text
        assert result["name"] in text


def test_one_changed_digit_is_found(day):
    _answer, shell = day
    text = read_payloads((shell.folder / "certificates.pdf").read_bytes())[7]
    digits = re.search(r"[0-9]{100,}", text).group()
    edited = [digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1:]
              for place in random.Random(2).sample(range(len(digits)), 12)]
    verdicts = [one["verdict"] for one in shell.desk("verify", *edited)["results"]]
    assert len(verdicts) == len(edited)
    assert set(verdicts) <= {"BAD_SIGNATURE", "MALFORMED"}
    assert shell.code == 1


def test_every_name_copies_out_of_the_pdf_as_typed_the_rare_ones_too(day):
    _answer, shell = day
    pdf = shell.folder / "certificates.pdf"
    names = [one["name"] for one in shell.desk("verify", pdf)["results"]]
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    assert [name for name, page in zip(names, pages, strict=True) if name not in page] == []
    assert sum(any(ord(character) > 0xFFFF for character in name) for name in names) >= 2


def test_the_person_with_the_document_in_hand_is_confirmed(day):
    _answer, shell = day
    pdf = shell.folder / "certificates.pdf"
    number = re.search(r"[0-9]{17}[0-9X]", pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()).group()
    text = read_payloads(pdf.read_bytes())[0]
    assert shell.desk("verify", text, "--identity", number)["results"][0]["identity_matches"] is True
    other = "11010519491231002X"
    assert shell.desk("verify", text, "--identity", other)["results"][0]["identity_matches"] is False


def test_another_engine_takes_the_bundle_in_to_equal_tables_and_the_second_time_all_is_duplicate(
        day, postgresql_url, tmp_path):
    answer, shell = day
    sqlite = f"sqlite:///{shell.folder / 'library' / 'library.db'}"
    shell.library(postgresql_url, "init", "--like", sqlite)
    bundle = shell.folder / "bundles" / Path(answer["bundle"]).name
    first = shell.library(postgresql_url, "ingest", bundle, "--out", tmp_path / "receipts")
    assert (shell.code, first["applied"], first["duplicate"]) == (0, answer["records"], 0)
    second = shell.library(postgresql_url, "ingest", bundle, "--out", tmp_path / "receipts")
    assert (second["applied"], second["duplicate"]) == (0, answer["records"])
    engines = open_url(sqlite), open_url(postgresql_url)
    with engines[0].begin() as one, engines[1].begin() as other:
        for table in PROJECTED:
            assert digest(one, table, leave_out=("position", "registered")) == digest(
                other, table, leave_out=("position", "registered")), table.name
    for engine in engines:
        engine.dispose()
