"""Makes resources/demo: the rosters, admission numbers and marks of the demonstration. Everybody in them is invented.

`python packaging/demo_data.py [FOLDER]` writes the same bytes each time. Resident-ID numbers carry the sequences
996-999 (kept for centenarians, so nobody of these ages has one), telephones begin with 154 (no operator's prefix),
mail ends in example.com. The words are in demo_words.toml.
"""

import csv
import io
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from xlsxwriter import Workbook

ROOT = Path(__file__).parents[1]
EXAM_DAY = date(2026, 12, 12)
CENTRE = "中关村示范鉴定中心（演示）"
HEADER = (
    "序号", "职业工种名称*", "认定等级*", "申报条件*", "证件类型*", "证件号码*", "姓名*", "性别", "出生日期",
    "手机号码*", "是否有职业资格证书*", "证书等级", "证书编号", "文化程度*", "所在省（市）区*", "考生来源*",
    "所在单位", "报名单位*", "认定分类*", "专业", "考试类型*", "民族*", "参加工作时间", "电子邮箱", "专业年限",
    "户籍所在地", "政治面貌", "学历证书编号", "简要经历", "通讯地址", "证书领取方式", "邮政编码", "邮寄地址",
    "国籍（地区）",  # a 34th column: the template has none, and a passport does not say it
)
QUALITIES = ("创新意识", "创新精神", "创新理念", "创新思维", "创新知识", "创新能力", "创新人格")


@dataclass(frozen=True, slots=True)
class Route:
    """One condition 申报条件: its text, the years of work it needs, the level of the certificate it needs."""

    text: str
    years: int
    prior: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A group that sits together: one roster, one level."""

    roster: str
    occupation: str
    level: str
    code: str
    """Batch and subject, six digits of the admission number."""
    people: int
    routes: tuple[Route, ...]
    subjects: tuple[str, ...]
    first_room: int = 1


AI, INNOVATION = "ai", "innovation"
SITTINGS = (
    Sitting(AI, "人工智能训练师", "三级/高级工", "001101", 54, (
        Route("累计从事本职业或相关职业工作满10年", 10),
        Route("取得四级/中级工证书后，累计从事本职业或相关职业工作满4年", 5, "四级/中级工"),
    ), ("理论", "技能")),
    Sitting(AI, "人工智能训练师", "四级/中级工", "001101", 54, (
        Route("取得中等职业学校及以上毕业证书（含应届毕业生）", 1),
        Route("累计从事本职业或相关职业工作满5年", 5),
        Route("取得五级/初级工证书后，累计从事本职业或相关职业工作满3年", 4, "五级/初级工"),
    ), ("理论", "技能"), first_room=3),
    Sitting(INNOVATION, "创新人才", "", "002201", 36, (Route("考核认定", 3),), QUALITIES),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    sitting: Sitting
    row: Mapping[str, str]
    admission: str
    marks: tuple[str | float, ...] = field(default=())


def check_digit(first_17: str) -> str:
    """GB 11643-1999, ISO 7064 MOD 11-2."""
    return "10X98765432"[sum(int(digit) * (2 ** (17 - at) % 11) for at, digit in enumerate(first_17)) % 11]


class Maker:
    """Draws invented people; the same seed gives the same people."""

    def __init__(self, words: Mapping[str, Any], seed: int) -> None:
        self.words, self.draw = words, Random(seed)  # noqa: S311  (a demonstration, no secret)
        self.taken: set[str] = set()

    def unused(self, make: Any) -> str:
        while (value := make()) in self.taken:
            pass
        self.taken.add(value)
        return str(value)

    def name(self, sex: str) -> str:
        given = self.words["male" if sex == "男" else "female"]
        return self.unused(lambda: self.draw.choice(self.words["surnames"])
                           + "".join(self.draw.sample(given, self.draw.choice((1, 2, 2)))))

    def birth(self, years_of_work: int) -> date:
        youngest = EXAM_DAY.replace(year=EXAM_DAY.year - 19 - years_of_work)
        return youngest - timedelta(days=self.draw.randrange(1, 20 * 365))

    def number(self, special: Mapping[str, Any], area: str, birth: date, sex: str) -> str:
        """As given where it is whole (passports, 2017 cards); else area or kind, birth, sequence, check digit."""
        given = special.get("number", area)
        if len(given) > 6:
            return str(given)
        sequences = ("997", "999") if sex == "男" else ("996", "998")
        body = self.unused(lambda: f"{given}{birth:%Y%m%d}{self.draw.choice(sequences)}")
        return body + check_digit(body)

    def prior_certificate(self, route: Route) -> str:
        """The 22 characters of a national number: S, 0000, province, body (98xxxx, nobody's), year, level, serial."""
        level = {"四级/中级工": 4, "五级/初级工": 5}[route.prior]
        year = EXAM_DAY.year - route.years - self.draw.randrange(3)
        body, serial = self.draw.randrange(10**4), self.draw.randrange(10**6)
        return f"S0000{self.draw.choice((11, 33, 44))}98{body:04}{year % 100:02}{level}{serial:06}"

    def row(self, at: int, sitting: Sitting, special: Mapping[str, Any]) -> dict[str, str]:
        draw, words = self.draw, self.words
        route = draw.choice(sitting.routes)
        sex = special.get("sex") or draw.choice("男女")
        name = special.get("name") or self.name(sex)
        birth = date.fromisoformat(special["birth"]) if "birth" in special else self.birth(route.years)
        code, province, county = special.get("area") or draw.choice(words["areas"])
        began = min(birth.year + draw.randrange(18, 21), EXAM_DAY.year - route.years)
        employer, young = draw.choice(words["employers"]), EXAM_DAY.year - birth.year < 28
        home = "" if "nationality" in special else province + county
        address = f"{province}示例路{draw.randrange(1, 300)}号"
        return {
            "序号": str(at), "职业工种名称*": sitting.occupation, "认定等级*": sitting.level, "申报条件*": route.text,
            "证件类型*": special.get("document", "居民身份证"), "证件号码*": self.number(special, code, birth, sex),
            "姓名*": name, "性别": sex, "出生日期": birth.isoformat(),
            "手机号码*": self.unused(lambda: f"154{draw.randrange(10**8):08}"),
            "是否有职业资格证书*": "是" if route.prior else "否", "证书等级": route.prior,
            "证书编号": self.prior_certificate(route) if route.prior else "",
            "文化程度*": draw.choice(words["education"]), "所在省（市）区*": province,
            "考生来源*": draw.choice(words["origins"]), "所在单位": employer, "报名单位*": CENTRE,
            "认定分类*": "晋级认定" if route.prior else "初次认定", "专业": draw.choice(words["subjects"]),
            "考试类型*": "正考", "民族*": special.get("ethnicity") or self.ethnicity(special),
            "参加工作时间": f"{began}-{draw.choice((3, 7, 9)):02}", "专业年限": str(EXAM_DAY.year - began),
            "电子邮箱": f"{sitting.roster}{sitting.first_room}{at:03}@example.com",
            "户籍所在地": home, "政治面貌": draw.choice(("群众", "共青团员" if young else "中共党员")),
            "简要经历": f"{began}年至今 {employer}", "通讯地址": address,
            "证书领取方式": draw.choice(("现场领取", "邮寄")), "邮政编码": f"{code[:2]}0000", "邮寄地址": address,
            "国籍（地区）": special.get("nationality", "中国"),
        }

    def ethnicity(self, special: Mapping[str, Any]) -> str:
        if special.get("document") in ("护照", "外国人永久居留身份证"):
            return "其他"
        return self.draw.choices(("汉族", "满族", "回族", "苗族", "蒙古族"), (20, 1, 1, 1, 1))[0]

    def mark(self, *, passes: bool) -> float:
        return self.draw.randrange(120, 197) / 2 if passes else self.draw.randrange(70, 120) / 2

    def marks(self, subjects: Sequence[str], outcome: str) -> tuple[str | float, ...]:
        """One cell a subject; one subject, drawn, carries what makes the outcome."""
        cells: list[str | float] = [self.mark(passes=True) for _ in subjects]
        one = self.draw.randrange(len(subjects))
        if outcome == "fail":
            cells[one] = self.mark(passes=False)
        elif outcome == "absent":
            cells[one] = "缺考"
        elif outcome == "away":
            cells = ["缺考"] * len(subjects)
        elif outcome == "missing":
            cells[one] = ""
        return tuple(cells)

    def outcomes(self, people: int) -> list[str]:
        """Four in five pass; one in a hundred or so still lacks a mark."""
        wanted = ["fail"] * (people // 9) + ["missing"] * (people // 50)
        wanted += ["absent", "away"] * (people // 27)
        wanted += ["pass"] * (people - len(wanted))
        self.draw.shuffle(wanted)
        return wanted


def candidates(seed: int = 20261212) -> list[Candidate]:
    words = tomllib.loads((ROOT / "packaging/demo_words.toml").read_text("utf-8"))
    maker = Maker(words, seed)
    made: list[Candidate] = []
    for sitting in SITTINGS:
        mine = [one for one in words["special"] if one["roster"] == sitting.roster]
        if sitting.roster == AI:  # half of them in each level
            mine = mine[0::2] if sitting.first_room == 1 else mine[1::2]
        slots: list[Mapping[str, Any]] = [*mine, *({} for _ in range(sitting.people - len(mine)))]
        maker.draw.shuffle(slots)
        before = sum(1 for one in made if one.sitting.roster == sitting.roster)
        for seat, (special, outcome) in enumerate(zip(slots, maker.outcomes(sitting.people), strict=True)):
            room = sitting.first_room + seat // 30
            made.append(Candidate(sitting, maker.row(before + seat + 1, sitting, special),
                                  f"2601001{sitting.code}{room:03}{seat % 30 + 1:03}",
                                  maker.marks(sitting.subjects, outcome)))
    return made


def _sheet(out: io.BytesIO, title: str) -> tuple[Workbook, Any, dict[str, Any]]:
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "author": CENTRE, "created": datetime(2026, 11, 20, 9)})  # noqa: DTZ001 (a sheet has no zone)
    formats = {"head": book.add_format({"bold": True, "border": 1, "bg_color": "#DCE6F1", "align": "center",
                                        "valign": "vcenter", "text_wrap": True}),
               "text": book.add_format({"num_format": "@", "border": 1}), "mark": book.add_format({"border": 1})}
    return book, book.add_worksheet(title), formats


def roster(people: Sequence[Candidate]) -> bytes:
    out = io.BytesIO()
    book, sheet, formats = _sheet(out, "考生信息")
    for column, word in enumerate(HEADER):
        sheet.write_string(0, column, word, formats["head"])
        sheet.set_column(column, column, max(8, *(len(one.row.get(word, "")) * 1.2 for one in people)))
    for line, one in enumerate(people, 1):
        sheet.write_number(line, 0, line, formats["mark"])
        for column, word in enumerate(HEADER[1:], 1):
            sheet.write_string(line, column, one.row.get(word, ""), formats["text"])
    sheet.freeze_panes(1, 7)
    book.close()
    return out.getvalue()


def marks(people: Sequence[Candidate], columns: Sequence[str]) -> bytes:
    """Two header rows, the subjects under 成绩; `--` where a subject is none of this level's; the signing line last."""
    out = io.BytesIO()
    book, sheet, formats = _sheet(out, "考生成绩")
    fixed = ("序号", "准考证号", "姓名", "性别", "证件号码", "单位", "职业工种", "等级")
    for column, word in enumerate(fixed):
        sheet.merge_range(0, column, 1, column, word, formats["head"])
    last = len(fixed) + len(columns) - 1
    sheet.merge_range(0, len(fixed), 0, last, "成绩", formats["head"])
    for column, word in enumerate(columns, len(fixed)):
        sheet.write_string(1, column, word, formats["head"])
    for line, one in enumerate(people, 2):
        sheet.write_number(line, 0, line - 1, formats["mark"])
        row = one.row
        for column, cell in enumerate((one.admission, row["姓名*"], row["性别"], row["证件号码*"], row["所在单位"],
                                       row["职业工种名称*"], row["认定等级*"]), 1):
            sheet.write_string(line, column, cell, formats["text"])
        by_subject = dict(zip(one.sitting.subjects, one.marks, strict=True))
        for column, word in enumerate(columns, len(fixed)):
            sheet.write(line, column, by_subject.get(word, "--"), formats["mark"])
    sheet.merge_range(len(people) + 2, 0, len(people) + 2, last,
                      "填报人：演示员甲    考评员：演示员丙、演示员丁、演示员戊    日期：2026年12月13日")
    for column, width in enumerate((6, 22, 26, 6, 22, 30, 16, 14)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(2, 3)
    book.close()
    return out.getvalue()


def admissions(people: Iterable[Candidate]) -> bytes:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(("准考证号", "姓名", "证件号码", "等级", "考场", "座位号"))
    lines.writerows((one.admission, one.row["姓名*"], one.row["证件号码*"], one.row["认定等级*"],
                     one.admission[-6:-3], one.admission[-3:]) for one in people)
    return out.getvalue().encode("utf-8-sig")


def files() -> dict[str, bytes]:
    """Name and bytes of every file that is made."""
    everybody = candidates()
    made: dict[str, bytes] = {}
    for key, name, columns in ((AI, "ai-trainer", ("理论", "技能", "综合评审", "工作业绩")),
                               (INNOVATION, "innovation-talent", QUALITIES)):
        people = [one for one in everybody if one.sitting.roster == key]
        made[f"roster-{name}.xlsx"] = roster(people)
        made[f"admissions-{name}.csv"] = admissions(people)
        made[f"marks-{name}.xlsx"] = marks(people, columns)
    return made


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0]) if arguments else ROOT / "resources/demo"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        (folder / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
