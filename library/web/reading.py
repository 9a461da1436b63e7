"""What may be fetched: a desk's receipts, which it asks for by its signature; by everybody, the signed lists, and the
page that verifies certificates by them."""

import asyncio
import time
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, VerifyingKey, verifying_key
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.asking import LEEWAY, Ask, read_ask
from library import verifier
from library.opening import Library, list_signer
from library.publish import TRUST, newest, newest_lists
from library.schema import desk as enrolled
from library.schema import receipt as given
from library.web.answers import COSE, identifier, whole_number
from library.web.lookup import PATH as LOOKUP

MOST_NUMBERS = 1000
_LATEST = (1 << 31) - 1


class Reading:
    def __init__(self, library: Library) -> None:
        self._library = library

    async def receipts(self, request: Request) -> Response:
        desk = await self._asker(request)
        after = whole_number(request.query_params.get("after", "0"), "after", _LATEST)
        query = select(given.c.number).where(given.c.desk == desk, given.c.number > after)
        numbers = await asyncio.to_thread(self._scalars, query.order_by(given.c.number).limit(MOST_NUMBERS))
        return JSONResponse({"receipts": numbers})

    async def receipt(self, request: Request) -> Response:
        desk = await self._asker(request)
        number = whole_number(request.path_params["number"], "number", _LATEST)
        query = select(given.c.data).where(given.c.desk == desk, given.c.number == number)
        found = await asyncio.to_thread(self._scalars, query)
        return _signed(found[0] if found else None)

    async def lists(self, request: Request) -> Response:
        name: str = request.path_params["file"]
        what = TRUST if name == "trust-list.cose" else name.removesuffix(".cose") if name.startswith("status-") else ""
        return _signed(await asyncio.to_thread(self._newest, what))

    async def page(self, request: Request) -> Response:
        """Where a certificate's QR leads. It is sent again only when the lists in it are others."""
        page = await asyncio.to_thread(self._page)
        tag = f'"{sha256(page).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(page, media_type="text/html", headers=headers)

    async def _asker(self, request: Request) -> Id:
        """The desk whose key signed just this request, just now. Raises RuleViolation desk_unknown, ask_refused,
        ask_out_of_time."""
        desk = identifier(request, "desk")
        try:
            ask = await asyncio.to_thread(read_ask, request.headers.get("authorization", ""), self._key_of)
        except (Malformed, BadSignature) as fault:
            raise RuleViolation("ask_refused") from fault
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        if ask != Ask(desk, request.method, path, ask.at):
            raise RuleViolation("ask_refused")
        now = self._library.clock()
        if abs(now - ask.at) > LEEWAY:
            raise RuleViolation("ask_out_of_time", now=time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(now / 1000)))
        return desk

    def _key_of(self, desk: Id) -> VerifyingKey:
        """Also of a desk that is withdrawn: what was said to it stays its own. Raises RuleViolation desk_unknown."""
        found = self._scalars(select(enrolled.c.key).where(enrolled.c.desk == desk))
        if not found:
            raise RuleViolation("desk_unknown", desk=desk[:8])
        return verifying_key(ED25519, found[0])

    def _newest(self, what: str) -> bytes | None:
        with self._library.engine.begin() as connection:
            return newest(connection, what)

    def _page(self) -> bytes:
        with self._library.engine.begin() as connection:
            trust, statuses = newest(connection, TRUST), newest_lists(connection)
            key = list_signer(connection).public
        if trust is None:
            raise RuleViolation("not_published")
        return verifier.page(key, trust, statuses.values(), lookup=LOOKUP)

    def _scalars(self, query: Select[tuple[Any]]) -> list[Any]:
        with self._library.engine.begin() as connection:
            return list(connection.scalars(query))


def _signed(data: bytes | None) -> Response:
    if data is None:
        raise RuleViolation("not_published")
    return Response(data, media_type=COSE)
