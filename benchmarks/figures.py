"""What is measured, against what, and how good it is to be."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import peers

FONT = peers.FONTS / "NotoSerifSC-Regular.ttf"


@dataclass(frozen=True, slots=True)
class Figure:
    """`ours` and `peer` give one turn's value. `goal`: the ratio ours / peer, at most where `less` is better, else at
    least; of a figure without a peer, the value itself."""

    name: str
    unit: str
    n: int
    goal: float
    ours: Callable[[], float]
    peer: Callable[[], float] | None = None
    beside: str = "–"
    less: bool = True

    def is_met(self, reached: float) -> bool:
        return reached <= self.goal if self.less else reached >= self.goal


def ours(module: str, *arguments: str) -> list[dict[str, Any]]:
    """The JSON lines of one of our own benchmarks, in a process of its own."""
    done = subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments], check=True, capture_output=True,
                          text=True, cwd=peers.ROOT)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def all_figures(*, quick: bool) -> list[Figure]:
    return [*_saving(400 if quick else 2_000), *_searching(2_000 if quick else 1_000_000, 8 if quick else 40),
            *_importing(200 if quick else 5_000), *_seating(500 if quick else 10_000), *_exam_day(quick=quick),
            _starting(2_000 if quick else 100_000, 2 if quick else 3),
            *_exchange(1_000 if quick else 10_000, 50 if quick else 1_000),
            *_certificates(40 if quick else 500, 5 if quick else 50), *_verifying(500 if quick else 2_500),
            *_reading(4 if quick else 40, 1 if quick else 15)]


def _saving(n: int) -> list[Figure]:
    def save(kind: str) -> Callable[[], float]:
        return lambda: float(ours("save", "--json", "--n", str(n))[0][kind]["p50_ms"])

    def limit() -> float:
        return float(peers.run("journal_limit", "--n", str(n))["commit"]["cipher_single"]["p50_ms"])

    beside = "journal_limit, SQLCipher"
    return [Figure("save a correction, durable, p50", "ms", n, 3, save("correct"), limit, beside),
            Figure("save a mark, durable, p50", "ms", n, 3, save("mark"), limit, beside)]


def _searching(people: int, n: int) -> list[Figure]:
    def search(*path: str) -> Callable[[], float]:
        def value() -> float:
            found: Any = ours("search", "--json", "--people", str(people), "--n", str(n))[0]
            for part in path:
                found = found[part]
            return float(found)
        return value

    def limit(kind: str) -> Callable[[], float]:
        return lambda: float(peers.run("search_limit", "--n", str(people))["queries"][kind]["p50_ms"])

    kinds = (("name prefix", "btree_name_prefix_2", 2.5), ("ID tail", "btree_idno_last_4", 2.5),
             ("one character", "fts_1_character", 1.5), ("character and place", "fts_name_and_place", 1.5))
    return [Figure("search to painted list, p95", "ms", people, 20, search("painted", "p95_ms")),
            Figure("the worst search to painted list, p95", "ms", people, 20,
                   search("lists", "character and place", "p95_ms")),
            Figure("jump anywhere in the list, p95", "ms", people, 40, search("jump", "p95_ms")),
            Figure("list and search, peak memory", "MB", people, 400, search("peak_mb")), *(
        Figure(f"search, {kind}, query p50", "ms", people, goal, search("queries", kind, "p50_ms"), limit(theirs),
               "search_limit") for kind, theirs, goal in kinds)]


def _importing(n: int) -> list[Figure]:
    def roster(figure: str) -> Callable[[], float]:
        return lambda: float(ours("roster", "--json", "--n", str(n))[0][figure])

    return [Figure("roster, preview", "s", n, 2, roster("preview_s")),
            Figure("roster, import", "s", n, 6, roster("import_s")),
            Figure("roster, cancel to nothing kept", "ms", n, 200, roster("cancel_ms")),
            Figure("roster, longest pause of the window", "ms", n, 50, roster("pause_ms"))]


def _seating(n: int) -> list[Figure]:
    return [Figure("seating, kept in the journal", "s", n, 3,
                   lambda: float(ours("seating", "--json", "--n", str(n))[0]["kept_s"]))]


def _exam_day(*, quick: bool) -> list[Figure]:
    def measured(part: str, field: str, *arguments: str) -> Callable[[], float]:
        return lambda: float(ours("exam_day", "--json", "--only", part, *arguments)[0][field])

    marks, rows, people = (200, 100, 20) if quick else (10_000, 5_000, 500)
    on_paper = ("--people", str(people))
    return [
        Figure("marks sheet, read and entered", "s", marks, 5, measured("import", "import_s", "--n", str(marks))),
        Figure("marks grid, key to the painted next cell, p95", "ms", rows, 30,
               measured("grid", "key_p95_ms", "--rows", str(rows))),
        Figure("registers, tickets and stickers of a batch", "s", people, 20,
               measured("papers", "registers_s", *on_paper)),
        Figure("their peak memory", "MB", people, 300, measured("papers", "peak_mb", *on_paper)),
        Figure("archive of a batch with photos", "s", people, 30, measured("papers", "archive_s", *on_paper))]


def _starting(people: int, n: int) -> Figure:
    return Figure(
        "start to first painted page", "ms", people, 2,
        lambda: float(ours("startup", "--json", "--people", str(people), "--n", str(n))[0]["p50_ms"]),
        lambda: float(peers.run("startup", "--n", str(n), environment="window")["runs"]["bare_window"]["p50_ms"]),
        "startup, bare window")


def _exchange(n: int, photos: int) -> list[Figure]:
    def bundle(figure: str, value: str = "per_second", *more: str) -> float:
        return next(float(one[value]) for one in ours("bundle", "--n", str(n), *more) if one["figure"] == figure)

    def limit(kind: str) -> Callable[[], float]:
        return lambda: float(peers.run("bundle_limit", "--n", str(n))["per_second"][kind])

    def replay() -> float:
        """Times as fast as the intake of the same run."""
        found = {one["figure"]: one["seconds"] for one in ours("bundle", "--n", str(n))}
        return float(found["bundle intake sqlite"] / found["bundle replay sqlite"])

    def pictures(figure: str) -> Callable[[], float]:
        """MB/s of a bundle that is photos for the most part."""
        def value() -> float:
            found = {one["figure"]: one for one in ours("bundle", "--n", str(2 * photos), "--photos", str(photos))}
            return float(found["bundle intake sqlite"]["bytes"] / found[figure]["seconds"] / 1e6)
        return value

    def morango(kind: str) -> Callable[[], float]:
        return lambda: float(peers.run("sync_morango", "--n", str(n), environment="morango")["per_second"][kind])

    def whole() -> float:
        return bundle("bundle whole")

    return [
        Figure("export with read-back", "/s", n, 0.35, lambda: bundle("bundle export"), limit("export"),
               "bundle_limit, make", less=False),
        Figure("export, bytes a record", "B", n, 100, lambda: bundle("bundle intake sqlite", "bytes_each")),
        Figure("intake, SQLite", "/s", n, 0.15, lambda: bundle("bundle intake sqlite"), limit("intake sqlite"),
               "bundle_limit, open and into SQLite", less=False),
        Figure("intake, PostgreSQL, 4 importers", "/s", n, 0.25,
               lambda: float(ours("importers", "--n", str(n))[0]["per_second"]), limit("postgres executemany"),
               "bundle_limit, executemany", less=False),
        Figure("replay of a bundle, times its intake", "×", n, 5, replay, less=False),
        Figure("export of photos of 60 KB", "MB/s", photos, 60, pictures("bundle export"), less=False),
        Figure("intake of photos of 60 KB", "MB/s", photos, 60, pictures("bundle intake sqlite"), less=False),
        Figure("whole sync, as morango ships", "/s", n, 20, whole, morango("whole_as_shipped"), "sync_morango",
               less=False),
        Figure("whole sync, morango without its sleeps", "/s", n, 10, whole, morango("whole"), "sync_morango",
               less=False)]


def _certificates(n: int, merged: int) -> list[Figure]:
    def batch(figure: str) -> Callable[[], float]:
        return lambda: float(ours("certificates", "--json", "--n", str(n))[0][figure])

    def peer(script: str, count: int) -> Callable[[], float]:
        return lambda: float(peers.run(script, "--n", str(count), "--font", str(FONT))["per_second"])

    figures = [
        Figure("certificates in one PDF, one core", "/s", n, 0.6, batch("per_second"),
               peer("certificates_reportlab_limit", n), "certificates_reportlab_limit", less=False),
        Figure("certificates in one PDF, peak memory", "MB", n, 250, batch("max_rss_mb"))]
    if shutil.which("soffice"):
        figures.append(Figure("certificates, against a mail merge", "/s", n, 30, batch("per_second"),
                              peer("certificates_mailmerge", merged), f"certificates_mailmerge, {merged}", less=False))
    return figures


def _verifying(n: int) -> list[Figure]:
    def verdicts() -> float:
        return float(ours("verify", "--json", "--n", str(n))[0]["per_second"]["ours"])

    def peer(kind: str) -> Callable[[], float]:
        return lambda: float(peers.run("verify_limit", "--n", str(n))["per_second"][kind])

    return [
        Figure("verify, digits to verdict", "/s", n, 0.75, verdicts, peer("digits_decode_and_verify"),
               "verify_limit, from digits", less=False),
        Figure("verify, beside HCERT through cwt", "/s", n, 1, verdicts, peer("cwt_hcert_ed25519"),
               "verify_limit, cwt_hcert_ed25519", less=False),
        Figure("page, pasted code to verdict, no network", "s", 1, 1, lambda: float(ours("page")[0]["seconds"]))]


def _reading(scans: int, each: int) -> list[Figure]:
    def figure(name: str, *arguments: str) -> Callable[[], float]:
        return lambda: float(ours("reading", *arguments)[0][name])

    def others() -> float:
        """The best of them."""
        with tempfile.TemporaryDirectory() as folder:
            ours("reading", "--degraded", str(each), "--keep", folder)
            return float(max(peers.read_by_others(Path(folder)).values()))

    worse = ("--degraded", str(each))
    return [
        Figure("scan of A4 at 300 dpi to verdict, times the bare reader", "×", scans, 1.3,
               figure("ratio", "--scans", str(scans))),
        Figure("worse pictures of codes of 30 mm, share read", "", 18 * each, 1, figure("share_30", *worse),
               less=False),
        Figure("worse pictures read", "", 36 * each, 1.001, figure("read", *worse), others,
               "the better of pyzbar and OpenCV", less=False),
        Figure("codes under a red seal, read", "", 18, 18, figure("read", "--sealed"), less=False),
        Figure("status lists of a million certificates, 1 % revoked", "B", 1_000_000, 19_000,
               figure("bytes", "--status"))]


def median(values: list[float]) -> float:
    return statistics.median(values)
