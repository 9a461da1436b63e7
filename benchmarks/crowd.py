"""A demonstration centre with many people, made by real events in large units of work, and kept for the next run."""

import random
import shutil
from datetime import date
from hashlib import sha256
from pathlib import Path

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual
from appraisal.domain.consent import Purpose
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from appraisal.usecases.register_candidate import RegisterCandidate, register
from db import schema
from db.centre import Centre, Surroundings, create_centre, open_centre
from db.folder import DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE

KEPT = Path(__file__).parents[1] / ".venv" / "benchmarks"
"""Beside the environment: git ignores it, and a new environment makes it anew."""
UNIT = 5_000
SURNAMES = [*"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程", "欧阳", "司马"]
GIVEN = ("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红建国文辉力志永健世广义兴良海山仁波宁贵福生龙元"
         "全胜学祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善")
PLACES = ["朝阳", "海淀", "静安", "浦东", "天河", "越秀", "武侯", "江汉", "鼓楼", "雁塔"]
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def desk_folder(people: int) -> Path:
    """A folder with a centre of `people` candidates: made once for each size and schema, whole or not at all."""
    folder = KEPT / f"desk-{people}-{_schema()}"
    if not folder.exists():
        making = folder.with_suffix(".new")
        shutil.rmtree(making, ignore_errors=True)
        found(making)
        centre = open_desk(making)
        try:
            fill(centre, people)
        finally:
            centre.close()
        making.rename(folder)
    return folder


def _schema() -> str:
    """Another schema, another desk: one of an older schema would be refused, or measured as what it is not."""
    files = [Path(schema.__file__), *sorted((Path(schema.__file__).parent / "migrations" / "versions").glob("*.py"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def found(folder: Path) -> None:
    staff = tuple(FirstOperator(role.value, role.value, frozenset({role})) for role in Role)
    create_centre(folder, FoundCentre("B1", Bilingual("测量中心", "Centre of Measures"), "v.example.org", staff, True),
                  {DEMONSTRATION_LOGIN: DEMONSTRATION_PASSPHRASE}, surroundings())


def open_desk(folder: Path) -> Centre:
    return open_centre(folder, DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE, surroundings())


def surroundings() -> Surroundings:
    return Surroundings(load_schemes())


def operator(centre: Centre, role: Role) -> str:
    return next(one.id for one in centre.reads.operators() if role in one.roles)


def fill(centre: Centre, people: int, seed: int = 7) -> None:
    registrar, chance = operator(centre, Role.REGISTRAR), random.Random(seed)
    for first in range(0, people, UNIT):
        with centre.desk.work(registrar) as work:
            for serial in range(first, min(first + UNIT, people)):
                register(work, candidate(chance, serial, registrar))


def candidate(chance: random.Random, serial: int, registrar: str) -> RegisterCandidate:
    """Of real size; the document number is valid and, up to 10,000,000, nobody else's."""
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    birth = date(1965 + serial // 1000 % 40, 1 + serial // 40_000 % 12, 1 + chance.randrange(28))
    number = f"{110101 + serial // 480_000:06d}{birth:%Y%m%d}{serial % 1000:03d}"
    number += CHECKS[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=True)) % 11]
    place = chance.choice(PLACES)
    return RegisterCandidate(
        Identity(name, "", "resident_id", number, "M" if serial % 2 else "F", birth),
        Contact(f"1{chance.randrange(3_000_000_000, 9_999_999_999)}", f"c{serial}@example.org",
                f"{place}区示例路{serial % 300}号"),
        Background("汉族", "大学本科", f"{place}第{chance.randrange(1, 300)}职业技能评价站"), registrar,
        (Purpose.ASSOCIATION,), "organisation")
