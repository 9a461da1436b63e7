"""Bad input at the command line: a sentence in each language, its exit code, and the data as it was."""

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from appraisal.documents.portrait import drawn_portrait
from appraisal.domain.identity import check_digit

ROOT = Path(__file__).parents[2]
HEADER = ("职业工种名称*", "认定等级*", "申报条件*", "证件类型*", "证件号码*", "姓名*", "手机号码*",
          "是否有职业资格证书*", "文化程度*", "考试类型*", "民族*")


HOLD = """
import sys
from pathlib import Path
from db.files import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory, shell_at):
    """A demonstration centre with one candidate who is seated: `(folder, batch)`. Copied for each test."""
    shell = shell_at(tmp_path_factory.mktemp("ready"))
    batch = shell.desk("init", "--demo")["batch"]
    shell.desk("roster", "import", roster(shell.folder / "roster.xlsx", ["李示例"]), "--batch", batch)
    shell.desk("admissions", "import", admissions(shell.folder / "admissions.csv", "李示例"), "--batch", batch)
    assert shell.code == 0, shell.said
    return shell.folder, batch


@pytest.fixture
def centre(ready, tmp_path, shell_at):
    folder, batch = ready
    shutil.copytree(folder, tmp_path / "centre")
    return shell_at(tmp_path / "centre"), batch


def number(serial=1):
    first = f"1101011990{serial // 28 % 12 + 1:02d}{serial % 28 + 1:02d}998"
    return first + check_digit(first)


def roster(file, names, id_number=None):
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for row, name in enumerate(names, 1):
        sheet.write_row(row, 0, ("人工智能训练师", "四级/中级工", "累计从事本职业或相关职业工作满5年", "居民身份证"))
        written = id_number if id_number is not None else number(row)
        (sheet.write_number if isinstance(written, float) else sheet.write_string)(row, 4, written)
        sheet.write_row(row, 5, (name, f"1540000{row:04d}", "否", "大学本科", "正考", "汉族"))
    book.close()
    return file


def admissions(file, name):
    file.write_text(f"准考证号,姓名,证件号码,等级,考场,座位号\n2601001004101001001,{name},{number()},四级/中级工,001,001\n",
                    "utf-8-sig")
    return file


def marks(file, theory, practice="80", header="理论,技能"):
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("序号", "准考证号", "姓名", "证件号码", "等级", *header.split(",")))
    sheet.write_row(1, 0, ("1", "2601001004101001001", "李示例", number(), "四级/中级工", theory, practice))
    book.close()
    return file


def head(shell):
    return shell.desk("journal", "verify")["head"]


def says_both(shell, words, *arguments):
    """The command is refused in each language by a sentence that has the words."""
    for language, word in zip(("zh_CN", "en"), words, strict=True):
        answer = shell.desk("--language", language, *arguments)
        assert word in shell.said, shell.said
    return answer


def test_a_wrong_checksum_and_a_number_that_excel_rounded(centre, tmp_path):
    shell, batch = centre
    before = head(shell)
    wrong = number()[:-1] + ("0" if number()[-1] != "0" else "1")
    for written, code, words in ((wrong, "ID_CHECKSUM", ("校验", "check")),
                                 (1.10101e17, "ID_PRECISION_LOST", ("E2", "E2"))):
        file = roster(tmp_path / f"{code}.xlsx", ["王示例"], written)
        answer = says_both(shell, words, "roster", "import", file, "--batch", batch)
        assert (shell.code, [one["code"] for one in answer["problems"]]) == (1, [code])
        assert answer["problems"][0]["cell"] == "E2"
    assert head(shell) == before


def test_every_row_or_none(centre, tmp_path):
    shell, batch = centre
    before, file = head(shell), roster(tmp_path / "r.xlsx", ["李示例", "赵?"])
    answer = says_both(shell, ("没有导入任何内容", "Nothing was taken in"), "roster", "import", file, "--batch", batch,
                       "--every-row", "--refused", tmp_path / "back.xlsx")
    assert (shell.code, answer["refused"], [one["row"] for one in answer["problems"]]) == (1, 1, [3])
    assert head(shell) == before
    again = shell.desk("roster", "import", answer["refused_file"], "--batch", batch, "--dry-run")
    assert [(one["row"], one["code"]) for one in again["problems"]] == [(2, "NAME_INVALID")]


@pytest.mark.parametrize(("theory", "code"), [("100.5", "MARK_RANGE"), ("八十", "MARK_UNREADABLE")])
def test_a_mark_that_is_none(centre, tmp_path, theory, code):
    shell, batch = centre
    answer = says_both(shell, (theory, theory), "marks", "import", marks(tmp_path / "m.xlsx", theory), "--batch", batch,
                       "--dry-run")
    assert (shell.code, answer["entered"], [one["code"] for one in answer["problems"]]) == (1, 0, [code])


def test_a_subject_that_the_scheme_does_not_have(centre, tmp_path):
    shell, batch = centre
    before = head(shell)
    file = marks(tmp_path / "m.xlsx", "80", header="口试,笔试")
    answer = says_both(shell, ("口试、笔试", "口试、笔试"), "marks", "import", file, "--batch", batch)
    assert (shell.code, answer["error"]) == (1, "no_subject_column")
    assert head(shell) == before


def test_photos_that_are_cut_off_bombs_or_nobodys(centre, tmp_path):
    shell, batch = centre
    photos = tmp_path / "photos"
    photos.mkdir()
    good = drawn_portrait(1)
    (photos / f"{number()}.jpg").write_bytes(good[:len(good) // 2])
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    (photos / f"王_{number()}.png").write_bytes(bomb.getvalue())
    (photos / "IMG_0001.jpg").write_bytes(good)
    before = head(shell)
    answer = shell.desk("photos", "import", photos, "--batch", batch)
    assert (shell.code, answer["refused"], answer["accepted"]) == (1, 3, 0)
    assert {"PHOTO_DAMAGED", "PHOTO_TOO_MANY_PIXELS", "PHOTO_NO_CANDIDATE"} <= {p["code"] for p in answer["problems"]}
    assert head(shell) == before


def test_a_photo_is_put_in_the_place_of_another_only_where_that_is_said(centre, tmp_path):
    shell, batch = centre
    photo = tmp_path / "photos" / f"{number()}.jpg"
    photo.parent.mkdir()
    counts = []
    for serial, option in ((1, ()), (1, ()), (2, ()), (2, ("--replace",))):
        photo.write_bytes(drawn_portrait(serial))
        answer = shell.desk("photos", "import", photo.parent, "--batch", batch, *option)
        counts.append((shell.code, *(answer[one] for one in ("new", "unchanged", "kept", "replaces"))))
    assert counts == [(0, 1, 0, 0, 0), (0, 0, 1, 0, 0), (1, 0, 0, 1, 0), (0, 0, 0, 0, 1)]


def test_a_character_that_no_font_has_stops_the_issue(centre, tmp_path):
    shell, batch = centre
    preview = shell.desk("roster", "import", roster(tmp_path / "r.xlsx", ["甲", "李𮯰"]), "--batch", batch, "--dry-run")
    assert "NAME_NO_GLYPH" in {one["code"] for one in preview["problems"]}


def test_a_second_process_on_the_same_desk(centre):
    shell, _batch = centre
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, shell.folder / "desk" / "centre.lock"], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE)
    assert holder.stdout.readline().strip() == b"held"
    says_both(shell, ("打开", "open"), "journal", "verify")
    assert shell.code == 3
    holder.communicate(b"")
    assert shell.desk("journal", "verify")["intact"]


def test_a_wrong_passphrase_and_a_folder_without_a_centre(centre, tmp_path):
    shell, _batch = centre
    shell.environment = {"APPRAISAL_DESK_OPERATOR": "supervisor", "APPRAISAL_DESK_PASSPHRASE": "not the passphrase"}
    says_both(shell, ("口令", "passphrase"), "journal", "verify")
    assert shell.code == 1
    shell.environment = {}
    shell.folder = tmp_path
    says_both(shell, ("没有", "no centre here"), "journal", "verify")
    assert shell.code == 3


def test_a_centre_of_ones_own_and_a_file_that_is_none(shell, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("code = 1\n", "utf-8")
    says_both(shell, ("中心文件", "centre file"), "init", "--centre", bad)
    assert shell.code == 1
    assert not (shell.folder / "desk" / "centre.db").exists()
    shell.environment = {"APPRAISAL_DESK_OPERATOR": "admin", "APPRAISAL_DESK_PASSPHRASE": "short"}
    says_both(shell, ("10", "10"), "init", "--centre", ROOT / "docs" / "centre.example.toml")
    assert (shell.code, (shell.folder / "desk" / "centre.db").exists()) == (1, False)
    shell.environment["APPRAISAL_DESK_PASSPHRASE"] = "a long enough passphrase"
    shell.desk("init", "--centre", ROOT / "docs" / "centre.example.toml")
    assert shell.code == 0, shell.said
    assert [one["login"] for one in shell.desk("operators", "list")["operators"]] == ["admin"]
    assert shell.desk("journal", "verify")["intact"]


def test_one_changed_byte_of_a_bundle_and_a_receipt_of_another_library(centre, tmp_path):
    shell, batch = centre
    shell.desk("roster", "import", roster(tmp_path / "r.xlsx", ["李示例", "赵示例"]), "--batch", batch, "--consent",
               "association")
    exported = shell.desk("bundle", "export", "--out", tmp_path / "stick")
    sent = Path(exported["bundle"])
    part = sent / "part-0001"
    data = bytearray(part.read_bytes())
    data[random.Random(1).randrange(len(data))] ^= 1
    part.write_bytes(data)
    library = f"sqlite:///{shell.folder / 'desk' / 'association' / 'library.db'}"
    answer = shell.library(library, "ingest", sent, "--out", tmp_path / "receipts")
    assert answer["quarantined"] == 1
    assert answer["applied"] < exported["records"]  # a copied centre's new epoch stands in a part of its own
    assert "part-0001" in shell.said
    other = f"sqlite:///{tmp_path / 'other.db'}"
    shell.library(other, "init", "--demo", "--out", tmp_path)
    shell.desk("bundle", "request", "--out", tmp_path / "request.cose")
    shell.library(other, "enrol", tmp_path / "request.cose", "--by", "demo-a", "--by", "demo-b", "--out",
                  tmp_path / "other")
    grants = list((tmp_path / "other").glob("*.cose"))
    before = head(shell)
    assert grants
    says_both(shell, ("另一个库", "another's"), "bundle", "import", grants[0])
    assert shell.code == 1
    assert head(shell) == before


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 11))])
def test_a_demonstration_killed_at_any_moment_opens_verifies_and_goes_on(tmp_path, shell_at, seed):
    out = tmp_path / "out"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("APPRAISAL_DESK")}
    running = subprocess.Popen([sys.executable, "-m", "desktop.cli", "demo", "--out", out], cwd=ROOT, env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    running.stderr.readline()  # the desk is founded and enrolled; the first batch begins
    time.sleep(random.Random(seed).uniform(0, 12))
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    shell = shell_at(out)
    assert shell.desk("journal", "verify")["intact"], shell.said
    assert shell.desk("journal", "rebuild", "--check")["equal"]
    before = head(shell)
    shell.desk("roster", "import", roster(tmp_path / "r.xlsx", ["后来者"]), "--batch", "2026-AI-04", "--dry-run")
    assert shell.desk("backup", "create", tmp_path / "copy")["bytes"] > 0
    assert head(shell) == before
