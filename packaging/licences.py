"""Licences of everything that runs with Appraisal Desk, the web page included: allowed ones only, each named.

`python packaging/licences.py` checks what is installed; with `--write` it renews the table in
THIRD-PARTY-NOTICES.md. Exit 1 names what does not fit. Needs no network.
"""

import json
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NOTICES = Path(__file__).parents[1] / "THIRD-PARTY-NOTICES.md"
PAGE_LOCK = Path(__file__).parents[1] / "resources" / "verifier" / "package-lock.json"
PRODUCT = "appraisal-desk"
START, END = "<!-- table: packaging/licences.py --write -->", "<!-- end of table -->"

PERMISSIVE = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT", "MIT-0", "MIT-CMU",
    "PSF-2.0", "Unlicense", "Zlib",
})
# Weak copyleft: used as separate, replaceable libraries; the notices say so.
WITH_NOTE = frozenset({"LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0"})
# The compiler's run-time libraries, which this exception frees.
EXCEPTED = frozenset({"GPL-3.0-or-later WITH GCC-exception-3.1", "GPL-3.0-with-GCC-exception"})

# What the metadata says in words (or leaves out) -> what the licence file in the wheel was found to be.
# The words are kept so that a release that says something else is read again.
READ_BY_HAND: dict[str, tuple[str, str]] = {
    "aiosignal": ("Apache 2.0", "Apache-2.0"),
    "chinesecalendar": ("MIT License", "MIT"),
    "gmalg": ("", "MIT"),
    "jinja2": ("", "BSD-3-Clause"),
    "pyld": ("BSD 3-Clause license", "BSD-3-Clause"),
    "pypdfium2": ("BSD-3-Clause, Apache-2.0, dependency licenses", "BSD-3-Clause AND Apache-2.0"),
    "pyrage": ("", "MIT"),
    "qrcode": ("BSD", "BSD-3-Clause"),
    "reportlab": ("BSD license (see license.txt for details)", "BSD-3-Clause"),
    "rfc8785": ("", "Apache-2.0"),
    "sqlcipher3": ("", "Zlib"),
}


def runtime_distributions(product: str = PRODUCT) -> tuple[Distribution, ...]:
    """Everything that `product` needs on this machine, itself left out, by name."""
    found: dict[str, Distribution] = {}
    open_names = [product]
    while open_names:
        name = canonicalize_name(open_names.pop())
        if name in found:
            continue
        found[name] = distribution(name)
        for line in found[name].requires or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                open_names += [need.name, *_of_extras(need)]
    del found[canonicalize_name(product)]
    return tuple(found[name] for name in sorted(found))


def _of_extras(need: Requirement) -> list[str]:
    """Names that `need`'s extras bring, as psycopg[binary] brings psycopg-binary."""
    lines = [Requirement(line) for line in distribution(need.name).requires or ()] if need.extras else []
    return [line.name for line in lines
            if line.marker and any(line.marker.evaluate({"extra": extra}) for extra in need.extras)]


def licence_of(name: str, expression: str | None, words: str | None) -> str:
    """The SPDX expression; what was read by hand only while the metadata's words are those read then."""
    if expression:
        return expression
    first = words.splitlines()[0].strip() if words else ""
    known = READ_BY_HAND.get(name)
    if known and first.startswith(known[0]) and bool(first) == bool(known[0]):
        return known[1]
    return first


def allowed(expression: str) -> bool:
    """SPDX without brackets: one alternative of OR, of which every part joined by AND is allowed."""
    good = PERMISSIVE | WITH_NOTE | EXCEPTED
    return any(all(part.strip() in good for part in choice.split(" AND ")) for choice in expression.split(" OR "))


def stated(installed: Distribution) -> tuple[str, str]:
    """Name and licence as its metadata say."""
    name = canonicalize_name(installed.name)
    expression, words = (next(iter(installed.metadata.get_all(header) or ()), None)
                         for header in ("License-Expression", "License"))
    return name, licence_of(name, expression, words)


def in_the_page(lock: str) -> list[tuple[str, str]]:
    """Name and licence of what is bundled into the page that verifies certificates, as its lock file says."""
    packages = json.loads(lock)["packages"]
    return [(path.removeprefix("node_modules/"), one["license"].strip("()"))
            for path, one in packages.items() if path and not one.get("dev")]


def table(licences: list[tuple[str, str]]) -> str:
    rows = [f"| {name} | {licence} |" for name, licence in licences]
    return "\n".join([START, "", "| package | licence |", "|---|---|", *rows, "", END])


def complaints(licences: list[tuple[str, str]], notices: str) -> list[str]:
    found = [f"{name}: its licence {licence!r} is not one that we may ship" for name, licence in licences
             if not allowed(licence)]
    return found + [f"{name} ({licence}) is not in {NOTICES.name}: run packaging/licences.py --write"
                    for name, licence in licences if f"| {name} | {licence} |" not in notices]


def main(arguments: list[str]) -> int:
    licences = [stated(installed) for installed in runtime_distributions()] + in_the_page(PAGE_LOCK.read_text("utf-8"))
    notices = NOTICES.read_text("utf-8")
    if arguments == ["--write"]:
        before, rest = notices.split(START)
        NOTICES.write_text(before + table(licences) + rest.split(END)[1], "utf-8")
        return 0
    found = complaints(licences, notices)
    print("\n".join(found) if found else f"licences: {len(licences)} packages, all allowed and named")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
