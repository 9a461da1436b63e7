"""JSON and JSON-LD as signatures need them: one value, one spelling, and nothing in it that the spelling leaves out.

JCS (RFC 8785) is the one spelling of the JSON itself; RDFC-1.0 that of what the JSON says as RDF. The contexts that
give JSON its meaning are in resources/contexts: none is ever fetched, and a document that names another is refused.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from appraisal.canonical import Malformed

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
MAX_BYTES, MAX_DEPTH = 1 << 18, 32
"""Of a document that is read. A badge has some 4 KB and is 7 deep, a status list at worst 30 KB."""

_RELATIVE = "relative:"
_BASE = f"{_RELATIVE}//name/"
"""What relative names are completed with, so that they show: without it, the library has a base of its own."""
_FILES = {CREDENTIALS: "credentials-v2.jsonld", OPEN_BADGES: "open-badges-3.0.3.jsonld"}

Json = dict[str, Any]


@cache
def contexts() -> Mapping[str, Json]:
    """By URL, the contexts that we ship."""
    folder = files("resources") / "contexts"
    return {url: json.loads((folder / name).read_text("utf-8")) for url, name in _FILES.items()}


def read_json(data: bytes | str) -> Json:
    """An object. Raises Malformed: too_large, not_json (duplicate names and NaN too), too_deep."""
    if len(data) > MAX_BYTES:
        raise Malformed("too_large")
    try:
        read = json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise Malformed("not_json") from fault
    if type(read) is not dict:
        raise Malformed("not_an_object")
    for _ in _parts(read):
        pass
    return read


def canonical_json(value: Any) -> bytes:
    """JCS (RFC 8785). Raises Malformed for what has no spelling there: lone surrogates, whole numbers past 2^53."""
    import rfc8785  # noqa: PLC0415 - no other face of the certificate needs it

    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as fault:
        raise Malformed("no_canonical_json") from fault


def canonical_quads(document: Json, known: Mapping[str, Json] | None = None) -> bytes:
    """RDFC-1.0 with SHA-256: sorted N-Quads. `known`: contexts by URL, in place of ours.

    Raises Malformed for whatever RDF would leave out in silence, since no signature covers what is left out: terms
    that no context defines, nulls, empty arrays, keywords, names that are no absolute IRI; and for contexts that are
    not `known`.
    """
    from pyld import jsonld  # type: ignore[import-untyped]  # noqa: PLC0415 - large, and needed for this alone

    known = contexts() if known is None else known
    _only_known_contexts(document, known)
    _nothing_unsaid(document)
    options = {"documentLoader": _loader(known), "processingMode": "json-ld-1.1", "base": _BASE}
    try:
        expanded = jsonld.JsonLdProcessor(on_property_dropped=_dropped).expand(document, options)
        _nothing_relative(expanded)
        quads: str = jsonld.normalize(expanded, options | {"algorithm": "URDNA2015", "format": "application/n-quads"})
    except jsonld.JsonLdError as fault:
        raise Malformed("not_json_ld") from fault
    return quads.encode()


def _once(pairs: list[tuple[str, Any]]) -> Json:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice")
    return read


def _no_number(spelling: str) -> NoReturn:
    raise ValueError(spelling)


def _parts(value: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Everything in `value`, itself first, and how deep it lies. Raises Malformed too_deep."""
    if depth > MAX_DEPTH:
        raise Malformed("too_deep")
    yield depth, value
    inside = value.values() if type(value) is dict else value if type(value) is list else ()
    for one in inside:
        yield from _parts(one, depth + 1)


def _only_known_contexts(document: Json, known: Mapping[str, Json]) -> None:
    named = document.get("@context")
    if not all(type(one) is str and one in known for one in (named if type(named) is list else [named])):
        raise Malformed("unknown_context")


def _nothing_unsaid(document: Json) -> None:
    """Contexts stand at the top alone: further in, they would give signed words another meaning."""
    for depth, part in _parts(document):
        if part is None or part == []:
            raise Malformed("empty_in_json_ld")
        if type(part) is dict and any(name.startswith("@") and (depth or name != "@context") for name in part):
            raise Malformed("keyword_in_json_ld")


def _loader(known: Mapping[str, Json]) -> Any:
    def load(url: str, options: Mapping[str, Any]) -> Json:  # noqa: ARG001 - as the library calls it
        if url not in known:
            raise Malformed("unknown_context")
        return {"contextUrl": None, "documentUrl": url, "document": known[url], "contentType": "application/ld+json"}

    return load


def _dropped(name: str | None) -> NoReturn:
    raise Malformed("undefined_term") from KeyError(name)


def _nothing_relative(expanded: Any) -> None:
    """Nor any blank node with a name: canonical forms give it another."""
    for _, part in _parts(expanded):
        if type(part) is dict:
            types = part.get("@type", [])
            names = [*(types if type(types) is list else [types]), *([part["@id"]] if "@id" in part else [])]
            if not all(type(name) is str and ":" in name and not name.startswith((_RELATIVE, "_:")) for name in names):
                raise Malformed("relative_name")
