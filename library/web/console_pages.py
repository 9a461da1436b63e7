"""How the console's pages are made: templates, language, and the headers that every answer has."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from appraisal.sentences import LANGUAGES, catalogue, say
from library.web.console_sides import day

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
                               "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin"}
LANGUAGE_COOKIE = "console-language"
_WISH = re.compile(r"\s*([a-zA-Z]{1,8})[^;]*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*")


class Pages:
    def __init__(self) -> None:
        self._templates = Environment(loader=PackageLoader("resources", "console"), autoescape=True,
                                      undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self._templates.filters["day"] = day
        self._style = (files("resources") / "console" / "console.css").read_bytes()

    def page(self, template: str, language: str, status: int = 200, **values: Any) -> Response:
        def word(code: str, **detail: Any) -> str:
            return say(code, language, **detail)

        def worded(prefix: str, code: str) -> str:
            """The word of a code that may be newer than this catalogue."""
            return catalogue(language).get(prefix + code, code)

        def query_with(other: str) -> str:
            return urlencode({**values["query"], "language": other})

        return HTMLResponse(self._templates.get_template(template).render(
            values | {"say": word, "worded": worded, "language": language, "query_with": query_with}), status)

    def style(self) -> Response:
        return Response(self._style, media_type="text/css; charset=utf-8")


def language_of(request: Request) -> str:
    """What was chosen, else what the browser prefers."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    wishes = []
    for wish in request.headers.get("accept-language", "")[:500].split(","):
        found = _WISH.fullmatch(wish)
        if found and found[1].lower() in ("zh", "en"):
            wishes.append((float(found[2] or 1), found[1].lower()))
    best = max(wishes, key=lambda one: one[0], default=(1.0, "zh"))
    return "zh_CN" if best[1] == "zh" else "en"
