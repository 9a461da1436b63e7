"""A batch of certificates in one PDF, each second, on one core: signing and read-back apart.

Real sizes: the radar template, photos of about 35 KB, Chinese and Latin names, every fiftieth with a rare character, a
QR of 500 digits each. The clock runs over opening the fonts, making the QRs, drawing, subsetting and writing.
"""

import argparse
import io
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from PIL import Image

from appraisal.catalogue import load_schemes
from appraisal.credential.symbol import symbol
from appraisal.documents.certificate import Printable, render
from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.documents.templates import load_template
from appraisal.domain.certificate import Bilingual, CertificateFace, Score
from appraisal.domain.scheme import Scheme

SURNAMES = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
            "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖")
GIVEN = ("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红建国文辉力志永健世广义兴良海山仁波宁贵福生龙元全胜"
         "才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江"
         "浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋")
RARE = ("𬱖", "㛃", "䶮", "𠀀", "𫍯", "𬭼")


def photo(seed: int) -> bytes:
    """295×413, about 35 KB: as heavy as a camera's."""
    random.seed(seed)
    noise = Image.effect_noise((74, 104), 60).resize((295, 413), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    noise.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def faces(count: int, scheme: Scheme) -> list[CertificateFace]:
    pick = random.Random(3)
    level = scheme.levels[0]
    made = []
    for number in range(count):
        name = pick.choice(SURNAMES) + "".join(pick.choices(GIVEN, k=pick.choice((1, 2, 2))))
        if number % 50 == 0:
            name = name[:-1] + pick.choice(RARE)
        scores = tuple(Score(one.zh, one.en, Decimal(pick.randint(110, 198)) / 2) for one in level.subjects)
        issued = date(2026, 11, 1) + timedelta(days=number % 28)
        made.append(CertificateFace(
            f"ZGC-2026-0001-{number:06}-7", name, "OUYANG Nana", "resident_id", f"11010119{number:09}X", scheme.code,
            scheme.title, Bilingual("示范技能鉴定中心", "Demonstration Skills Appraisal Centre"), scheme.occupation,
            Bilingual("--", "--"), level.level, level.name, scores, tuple(one.mark for one in scores), issued,
            date(issued.year + 3, issued.month, issued.day), "https://verify.example.org/"))
    return made


def measure(count: int, out: Path) -> dict[str, object]:
    scheme = load_schemes()["innovation-talent"]
    people = faces(count, scheme)
    pick = random.Random(4)
    texts = ["https://verify.example.org/#" + "".join(pick.choices("0123456789", k=500)) for _ in people]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.jpg" for number in range(count)]
        for number, file in enumerate(files):
            file.write_bytes(photo(number))
        started = time.perf_counter()
        with out.open("wb") as target:
            render(printables(people, texts, files), load_template(scheme.template), FontBook(shipped_fonts()), target)
        seconds = time.perf_counter() - started
    size = out.stat().st_size
    return {
        "benchmark": "certificates", "n": count, "per_second": round(count / seconds, 1),
        "seconds": round(seconds, 3), "bytes": size, "bytes_each": size // count,
        "max_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)}


def printables(people: Sequence[CertificateFace], texts: Sequence[str], photos: Sequence[Path]) -> Iterator[Printable]:
    for face, text, file in zip(people, texts, photos, strict=True):
        yield Printable(face, symbol(text, by="zxing"), file.read_bytes())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--n", type=int, default=500)
    arguments.add_argument("--out", type=Path, default=Path(os.devnull))
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = chosen.out if chosen.out != Path(os.devnull) else Path(folder) / "certificates.pdf"
        result = measure(chosen.n, kept)
    sys.stdout.write(json.dumps(result) + "\n" if chosen.json
                     else "".join(f"{name}: {value}\n" for name, value in result.items()))


if __name__ == "__main__":
    main()
