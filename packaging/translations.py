"""The Chinese of the windows.

    python packaging/translations.py update          take new texts out of desktop/, keep what is translated
    python packaging/translations.py fill FILE.json  update, then {"English": "中文", …} into the open ones, release
    python packaging/translations.py release         make the .qm; names what has no Chinese yet and ends with 1
"""

import fcntl
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "resources" / "translations" / "appraisal_desk_zh_CN.ts"
TOOLS = Path(sys.executable).parent


def update(ts: Path = SOURCES) -> None:
    """Take the texts of every module of desktop/ into `ts`. Raises CalledProcessError if the tool fails."""
    modules = sorted(str(module) for module in (ROOT / "desktop").rglob("*.py"))
    subprocess.run([TOOLS / "pyside6-lupdate", "-silent", "-locations", "none", "-no-obsolete",
                    "-source-language", "en", "-target-language", "zh_CN", *modules, "-ts", ts], check=True)


def release(ts: Path = SOURCES, qm: Path | None = None) -> Path:
    """Compile `ts`. Raises CalledProcessError if the tool fails."""
    made = qm or ts.with_suffix(".qm")
    subprocess.run([TOOLS / "pyside6-lrelease", "-silent", "-nounfinished", ts, "-qm", made], check=True)
    return made


def unfinished(ts: Path = SOURCES) -> list[str]:
    """`context: text` of what has no finished translation."""
    return [f"{context.findtext('name')}: {message.findtext('source')}"
            for context, message in _messages(_tree(ts)) if not _is_finished(message)]


def texts(ts: Path = SOURCES) -> set[tuple[str, str]]:
    """Every context with its source text."""
    return {(context.findtext("name", ""), message.findtext("source", ""))
            for context, message in _messages(_tree(ts))}


def fill(chinese: dict[str, str], ts: Path = SOURCES) -> list[str]:
    """Put `chinese` into the messages that are open; what stays open is returned."""
    tree = _tree(ts)
    for _, message in _messages(tree):
        source = message.findtext("source", "")
        if not _is_finished(message) and source in chinese:
            translation = message.find("translation")
            if translation is None:
                translation = ET.SubElement(message, "translation")
            translation.attrib.pop("type", None)
            translation.text = chinese[source]
    body = ET.tostring(tree.getroot(), encoding="unicode")
    ts.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', "utf-8")
    return unfinished(ts)


def _tree(ts: Path) -> "ET.ElementTree[ET.Element]":
    return ET.parse(ts)  # noqa: S314  a file of this repository


def _messages(tree: "ET.ElementTree[ET.Element]") -> Iterator[tuple[ET.Element, ET.Element]]:
    for context in tree.iter("context"):
        for message in context.iter("message"):
            yield context, message


def _is_finished(message: ET.Element) -> bool:
    translation = message.find("translation")
    return translation is not None and bool(translation.text) and "type" not in translation.attrib


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, where several people's changes meet in one checkout."""
    with (Path(tempfile.gettempdir()) / "appraisal-desk-translations.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in {"update", "fill", "release"}:
        print(__doc__, file=sys.stderr)
        return 2
    with _alone():
        if arguments[0] != "release":
            update()
        if arguments[0] == "fill":
            fill(json.loads(Path(arguments[1]).read_text("utf-8")))
            update()  # the tool's own layout of the file, so that differences stay small
        release()
    for text in (still_open := unfinished()):
        print(f"no Chinese yet: {text}", file=sys.stderr)
    return 1 if still_open else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
