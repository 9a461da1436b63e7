"""A certificate by the number and the name on it, for who has the paper and can scan nothing: the answer is what its
own QR says, and the page gives the verdict.

Nobody is told whether a number exists: a name that differs and a number that is unknown are answered alike, and whoever
tries often has to wait.
"""

import asyncio
import time
import unicodedata
from collections.abc import Callable

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appraisal.credential.claims import from_bytes
from appraisal.credential.cose import read1
from appraisal.credential.digits import to_digits
from appraisal.credential.verdict import MAX_ENVELOPE_BYTES
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.schema import certificate
from library.opening import Library
from library.web.console_sessions import Attempts
from library.web.forms import read_form

PATH = "/v1/lookup"
FOUND, NOTHING, LATER = "/#", "/#lookup=nothing", "/#lookup=later"
IN_ALL = 2_000
"""Fruitless tries of everybody within a quarter of an hour."""


class LookUp:
    def __init__(self, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._library, self._attempts = library, Attempts(clock, IN_ALL)

    async def find(self, request: Request) -> Response:
        """Answers with the page itself: a certificate's digits behind the #, or why there are none."""
        address = request.client.host if request.client else ""
        try:
            form = await read_form(request)
            number, name = _plain(form.get("number", "")).upper(), _plain(form.get("name", ""))
            self._attempts.begin(address, number)
            cose = await asyncio.to_thread(self._find, number, name)
        except (RuleViolation, EnvironmentFault):
            return _to(LATER)
        if cose is None:
            return _to(NOTHING)
        self._attempts.succeeded(address, number)
        return _to(FOUND + to_digits(cose))

    def _find(self, number: str, name: str) -> bytes | None:
        """The newest, where two of one number and name are contested."""
        with self._library.engine.begin() as connection:
            found = connection.scalars(select(certificate.c.cose).where(certificate.c.number == number)).all()
        said = [(from_bytes(read1(cose, max_bytes=MAX_ENVELOPE_BYTES).payload), cose) for cose in found]
        named = [(claims.issued, cose) for claims, cose in said
                 if name and name in {_plain(claims.name), _plain(claims.latin_name or "")}]
        return max(named)[1] if named else None


def _plain(text: str) -> str:
    """As people type it: full-width letters, other spaces, other case."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _to(place: str) -> Response:
    return RedirectResponse(place, 303, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
