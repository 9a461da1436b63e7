"""Codes on paper: scans of A4 at 300 dpi beside the bare reader, 540 worse pictures, codes under a red seal; and how
large status lists are.

Scans: half clean, half after blur and noise; each page is read by zxing-cpp alone and by us to a verdict, in turns.
Worse pictures: six kinds, three degrees, codes of 25 and 30 mm at 200 dpi, fifteen certificates each. With --keep they
are written where other readers may try them (readers.py).
"""

import argparse
import io
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from appraisal.credential.cose import Ed25519Signer
from appraisal.credential.reading import read_payloads, read_picture
from appraisal.credential.status import Status, StatusList, make_status_list
from appraisal.credential.symbol import symbol, to_grey
from benchmarks.verify import ISSUED, certificates, ours

URL = "https://verify.example.cn/#"
SIGNER = Ed25519Signer.from_seed(bytes(range(32)))
QR_ONLY = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
LISTS, PER_LIST = 8, 1 << 17
Picture = Image.Image


def texts(count: int) -> list[str]:
    return [URL + digits for digits in certificates(SIGNER, count)]


def code(text: str, mm: float, dpi: int) -> Picture:
    """The symbol with its quiet zone; `mm` is the side without it."""
    modules = symbol(text)
    side = round(mm / 25.4 * dpi * (len(modules) + 8) / len(modules))
    return Image.fromarray(to_grey(modules, 8)).resize((side, side), Image.Resampling.BOX)


# scans


def pages(count: int) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    chance = random.Random(9)
    for at, text in enumerate(texts(count)):
        page = Image.new("L", (3508, 2480), 255)
        page.paste(code(text, 30, 300), (chance.randrange(200, 3000), chance.randrange(200, 2000)))
        yield text, np.asarray(_noisy(page.filter(ImageFilter.GaussianBlur(1.2)), 12, at) if at % 2 else page)


def scans(count: int) -> dict[str, Any]:
    verdict, bare, whole, read = ours(SIGNER.public), [], [], 0
    for text, page in pages(count):
        started = time.perf_counter()
        zxingcpp.read_barcodes(page, formats=QR_ONLY)
        bare.append(time.perf_counter() - started)
        started = time.perf_counter()
        found = read_picture(lambda page=page: page, lambda page=page: page)  # type: ignore[misc]
        for one in found:
            verdict(one.rpartition("#")[2])
        whole.append(time.perf_counter() - started)
        read += found == [text]
    ratios = [mine / least for mine, least in zip(whole, bare, strict=True)]
    return {"benchmark": "scans", "n": count, "read": read, "bare_ms": round(1000 * statistics.median(bare), 2),
            "ours_ms": round(1000 * statistics.median(whole), 2), "ratio": round(statistics.median(ratios), 3)}


# worse pictures


def _noisy(picture: Picture, deviation: float, seed: int) -> Picture:
    noise = np.random.default_rng(seed).normal(0, deviation, (picture.height, picture.width))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def _squeezed(picture: Picture, quality: int, _seed: int) -> Picture:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("L")


def _askew(picture: Picture, degree: float, seed: int) -> Picture:
    """As photographed from the side: each corner moved by up to `degree` of the side."""
    chance, (width, height) = random.Random(seed), picture.size
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    moved = [(x + chance.uniform(-degree, degree) * width, y + chance.uniform(-degree, degree) * height)
             for x, y in corners]
    return picture.transform(picture.size, Image.Transform.PERSPECTIVE, _perspective(corners, moved),
                             Image.Resampling.BICUBIC, fillcolor=255)


def _perspective(to: list[tuple[int, int]], come_from: list[tuple[float, float]]) -> tuple[float, ...]:
    """Pillow's eight numbers: where in the picture each point of the result comes from."""
    rows, right = [], []
    for (x, y), (u, v) in zip(to, come_from, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return tuple(np.linalg.solve(np.array(rows, float), np.array(right, float)))


KINDS: dict[str, tuple[Callable[[Picture, Any, int], Picture], tuple[Any, ...]]] = {
    "blur": (lambda picture, radius, _seed: picture.filter(ImageFilter.GaussianBlur(radius)), (0.6, 1.0, 1.4)),
    "noise": (_noisy, (10, 20, 30)),
    "rotation": (lambda picture, degrees, _seed: picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True,
                                                                fillcolor=255), (4, 17, 43)),
    "jpeg": (_squeezed, (50, 25, 12)),
    "contrast": (lambda picture, share, _seed: picture.point(lambda value: 128 + (value - 128) * share),
                 (0.5, 0.25, 0.12)),
    "perspective": (_askew, (0.02, 0.05, 0.08)),
}


def worse(each: int) -> Iterator[tuple[str, str, int, Picture]]:
    """Kind, text, side in mm, picture."""
    for number, text in enumerate(texts(each)):
        for mm in (25, 30):
            plain = Image.new("L", (400, 400), 255)
            plain.paste(code(text, mm, 200), (60, 70))
            for kind, (change, degrees) in KINDS.items():
                for place, degree in enumerate(degrees):
                    yield f"{kind} {degree}", text, mm, change(plain, degree, 100 * number + place)


def degraded(each: int, keep: Path | None) -> dict[str, Any]:
    read, of, missed, truth = {25: 0, 30: 0}, {25: 0, 30: 0}, dict[str, int](), dict[str, str]()
    for number, (kind, text, mm, picture) in enumerate(worse(each)):
        grey = np.asarray(picture)
        right = read_picture(lambda grey=grey: grey, lambda grey=grey: grey) == [text]  # type: ignore[misc]
        of[mm] += 1
        read[mm] += right
        if not right:
            missed[f"{kind}, {mm} mm"] = missed.get(f"{kind}, {mm} mm", 0) + 1
        if keep is not None:
            picture.save(keep / f"{number}.png")
            truth[f"{number}.png"] = text
    if keep is not None:
        (keep / "truth.json").write_text(json.dumps(truth), "utf-8")
    return {"benchmark": "degraded", "n": sum(of.values()), "read": sum(read.values()), "read_30": read[30],
            "of_30": of[30], "share_30": read[30] / of[30], "missed": missed}


# under a seal


def seals() -> Iterator[Picture]:
    """Eighteen: three inks, rings and stripes and a star, over the middle and over a corner. Ink takes light away."""
    text = texts(1)[0]
    for ink in ((225, 25, 30), (200, 40, 45), (235, 60, 70)):
        for shape in range(3):
            for shift in (0, 90):
                paper = Image.new("RGB", (420, 420), "white")
                paper.paste(code(text, 30, 200), (70, 70))
                seal = Image.new("RGB", paper.size, "white")
                pen = ImageDraw.Draw(seal)
                _stamp(pen, shape, shift, ink)
                yield ImageChops.multiply(paper, seal)


def _stamp(pen: ImageDraw.ImageDraw, shape: int, shift: int, ink: tuple[int, int, int]) -> None:
    box = (60 + shift, 60 + shift, 330 + shift, 330 + shift)
    pen.ellipse(box, outline=ink, width=14)
    if shape == 0:
        for at in range(box[0] + 20, box[2] - 20, 26):
            pen.line((at, box[1] + 30, at, box[3] - 30), fill=ink, width=13)
    elif shape == 1:
        for smaller in (34, 68, 102):
            pen.ellipse((box[0] + smaller, box[1] + smaller, box[2] - smaller, box[3] - smaller), outline=ink, width=16)
    else:
        pen.regular_polygon(((box[0] + box[2]) // 2, (box[1] + box[3]) // 2, 100), 5, fill=ink)


def sealed() -> dict[str, Any]:
    read = grey = 0
    for picture in seals():
        file = io.BytesIO()
        picture.save(file, "PNG")
        read += len(read_payloads(file.getvalue())) == 1
        grey += bool(zxingcpp.read_barcodes(np.asarray(picture.convert("L")), formats=QR_ONLY))
    return {"benchmark": "sealed", "n": 18, "read": read, "in_grey_alone": grey}


def status_lists() -> dict[str, Any]:
    """A million certificates with random slots, one in a hundred revoked."""
    chance, total = random.Random(5), 0
    slots = chance.sample(range(LISTS * PER_LIST), 1_000_000)
    revoked = slots[:10_000]
    for number in range(LISTS):
        states = {slot % PER_LIST: Status.REVOKED for slot in revoked if slot // PER_LIST == number}
        listed = StatusList(number, 0, 1).changed(states, ISSUED, ISSUED + 86_400)
        total += len(make_status_list(listed, SIGNER))
    return {"benchmark": "status lists", "n": 1_000_000, "bytes": total}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scans", type=int, default=0, metavar="N")
    arguments.add_argument("--degraded", type=int, default=0, metavar="EACH")
    arguments.add_argument("--keep", type=Path, metavar="FOLDER")
    arguments.add_argument("--sealed", action="store_true")
    arguments.add_argument("--status", action="store_true")
    chosen = arguments.parse_args()
    if chosen.scans:
        print(json.dumps(scans(chosen.scans)))
    if chosen.degraded:
        print(json.dumps(degraded(chosen.degraded, chosen.keep)))
    if chosen.sealed:
        print(json.dumps(sealed()))
    if chosen.status:
        print(json.dumps(status_lists()))


if __name__ == "__main__":
    main()
