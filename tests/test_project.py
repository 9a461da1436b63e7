"""What holds for the tree as a whole: its words, its links, its rooms."""

import ast
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MADE = frozenset({".git", ".venv", "node_modules", "out", "screenshots", "build", "dist", "__pycache__", ".mypy_cache",
                  ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"})
ROOMS = frozenset({"appraisal", "db", "library", "desktop", "resources", "packaging", "tests", "benchmarks"})
PRODUCT = ("appraisal", "db", "library", "desktop")
LANGUAGES = ("zh_CN", "en")
REFUSALS = frozenset({"RuleViolation", "EnvironmentFault", "Problem", "problem"})
# The folders in which people and machines keep checkouts; split so that this file does not name one.
FOLDERS = "|".join(("ro" + "ot", "ho" + "me", "wo" + "rk", "Us" + "ers"))
ON_A_MACHINE = re.compile(rf"(?<![\w.~*-])/(?:{FOLDERS})/\w")


def tree(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project; what tools and runs made is left out."""
    for entry in sorted(folder.iterdir()):
        if entry.name in MADE or entry.name.endswith(".egg-info"):
            continue
        if entry.is_dir():
            yield from tree(entry)
        else:
            yield entry


def texts() -> Iterator[tuple[Path, str]]:
    for file in tree():
        data = file.read_bytes()
        if b"\0" not in data:
            yield file.relative_to(ROOT), data.decode("utf-8")


def sentences(language: str) -> dict[str, str]:
    folder = ROOT / "resources/messages" / language
    return {code: text for file in sorted(folder.glob("*.toml"))
            for code, text in tomllib.loads(file.read_text("utf-8")).items()}


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def refusals() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where, code, and the names given for the sentence's places (None where they cannot be seen here)."""
    for room in PRODUCT:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not (isinstance(node, ast.Call) and node.args):
                    continue
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if called in REFUSALS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    given = {word.arg for word in node.keywords}
                    # a ** hides them, and a row's problem learns its column and cell later
                    hidden = None in given or called not in ("RuleViolation", "EnvironmentFault")
                    names = None if hidden else {str(name) for name in given}
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", first.value, names


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert [str(path) for path, text in texts() if ON_A_MACHINE.search(text)] == []


def test_both_languages_have_the_same_codes_and_places() -> None:
    chinese, english = (sentences(language) for language in LANGUAGES)
    assert set(chinese) ^ set(english) == set()
    assert {code for code in chinese if places(chinese[code]) != places(english[code])} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_the_same_files_and_no_code_twice(language: str) -> None:
    files = sorted((ROOT / "resources/messages" / language).glob("*.toml"))
    assert [file.name for file in files] == sorted(
        file.name for file in (ROOT / "resources/messages" / LANGUAGES[0]).glob("*.toml"))
    codes = Counter(code for file in files for code in tomllib.loads(file.read_text("utf-8")))
    assert [code for code, times in codes.items() if times > 1] == []


def test_every_sentence_is_in_its_language_and_says_something() -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    words = re.compile(r"\w+(\.\w+)+")  # `column.name`: a word that sentences are filled with, no sentence itself
    chinese, english = ({code: text for code, text in sentences(language).items() if not words.fullmatch(code)}
                        for language in LANGUAGES)
    assert {code for code, text in chinese.items() if not han.search(text)} == set()
    assert {code for code, text in english.items() if len(text.split()) < 3} == set()


def test_every_refusal_in_the_code_has_its_sentence() -> None:
    known = set(sentences("zh_CN")) & set(sentences("en"))
    unsaid = [f"{where} {code}" for where, code, _ in refusals() if code not in known]
    assert not unsaid, "no sentence in both languages:\n" + "\n".join(unsaid)


def test_every_refusal_fills_the_places_of_its_sentence() -> None:
    english = sentences("en")
    unfilled = [f"{where} {code} lacks {sorted(places(english[code]) - given)}" for where, code, given in refusals()
                if given is not None and code in english and not places(english[code]) <= given]
    assert not unfilled, "\n".join(unfilled)


def test_links_in_the_documents_lead_somewhere() -> None:
    broken = []
    for path, text in texts():
        if path.suffix == ".md":
            prose = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)
            for target in re.findall(r"\]\(([^)\s]+)\)", prose):
                file = target.split("#")[0]
                if file and "://" not in target and not (ROOT / path.parent / file).exists():
                    broken.append(f"{path}: {target}")
    assert broken == []


def test_every_python_file_is_in_a_room_of_the_house() -> None:
    assert {path.parts[0] for path, _ in texts() if path.suffix == ".py"} - ROOMS == set()


def test_test_files_have_names_of_their_own() -> None:
    names = Counter(path.name for path, _ in texts() if path.parts[0] == "tests" and path.name.startswith("test_"))
    assert [name for name, times in names.items() if times > 1] == []
