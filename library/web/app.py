"""The library as an ASGI application: its routes, its refusals, and what runs beside the requests."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from appraisal.exchange.manifest import FILE
from library.opening import Library
from library.web.answers import REFUSALS
from library.web.health import Health
from library.web.limits import Bounds, Limits
from library.web.lingering import Lingering
from library.web.lookup import PATH as LOOKUP
from library.web.lookup import LookUp
from library.web.metrics import Metrics
from library.web.reading import Reading
from library.web.reception import Reception
from library.web.uploads import Spool

HOUR, DAY = 3600.0, 86_400.0
_METHODS = frozenset({"GET", "HEAD", "PUT", "POST"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """`keep_days`: uploads that nobody touches are removed after them. `updates`: folder of published files."""

    bounds: Bounds = field(default_factory=Bounds)
    intakes: int = 2
    keep_days: float = 14
    updates: Path | None = None


def create_app(library: Library, spool: Spool, wishes: Wishes, *more: BaseRoute,
               clock: Callable[[], float] = time.monotonic) -> Starlette:
    """`more`: routes beside those of the exchange, for people's pages. `clock`: seconds, of any beginning."""
    limits, metrics = Limits(wishes.bounds, clock), Metrics()
    reception, reading = Reception(library, spool, limits, metrics, wishes.intakes), Reading(library)
    health = Health(library.engine, spool, limits, metrics, lambda: reception.running)
    one = "/v1/desks/{desk}/bundles/{bundle}"
    routes = [
        Route(f"{one}/parts/{FILE}", reception.manifest, methods=["PUT"]),
        Route(f"{one}/parts/{{part}}", reception.look, methods=["HEAD"]),
        Route(f"{one}/parts/{{part}}", reception.part, methods=["PUT"]),
        Route(f"{one}/complete", reception.complete, methods=["POST"]),
        Route("/v1/desks/{desk}/receipts", reading.receipts, methods=["GET"]),
        Route("/v1/desks/{desk}/receipts/{number}", reading.receipt, methods=["GET"]),
        Route("/v1/lists/{file}", reading.lists, methods=["GET"]),
        Route("/", reading.page, methods=["GET"]), Route(LOOKUP, LookUp(library, clock).find, methods=["POST"]),
        *([Mount("/v1/updates", StaticFiles(directory=wishes.updates))] if wishes.updates else []),
        Route("/healthz", health.health, methods=["GET"]), Route("/metrics", health.figures, methods=["GET"]), *more]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        """Takes in first what a killed process left whole."""
        for upload in spool.untaken():
            reception.take(upload)
        clearing = asyncio.create_task(_clear_away(spool, wishes.keep_days * DAY))
        try:
            yield
        finally:
            clearing.cancel()
            with suppress(asyncio.CancelledError):
                await clearing
            await asyncio.to_thread(reception.close)

    app = Starlette(routes=routes, exception_handlers=REFUSALS, lifespan=lifespan)
    app.add_middleware(cast("type[ASGIApp]", Lingering))  # type: ignore[arg-type]
    app.add_middleware(cast("type[ASGIApp]", _Counted), metrics=metrics)  # type: ignore[arg-type]
    return app


async def _clear_away(spool: Spool, age: float) -> None:
    while True:
        await asyncio.to_thread(spool.clear_away, time.time() - age)
        await asyncio.sleep(HOUR)


class _Counted:
    """Counts each answer under its route, not its path: paths name desks."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                method = scope["method"] if scope["method"] in _METHODS else "other"
                self._metrics.count("library_requests_total", method=method, route=_route(scope["path"]),
                                    status=str(message["status"]))
            await send(message)

        await self._app(scope, receive, tell)


def _route(path: str) -> str:
    """`page`, `manifest`, `part`, `complete`, `receipts`, `lists`, `lookup`, `updates`, `healthz`, `metrics`;
    `other` for the rest."""
    if path == "/":
        return "page"
    steps = path.strip("/").split("/")
    if steps[:2] == ["v1", "desks"] and len(steps) > 3:
        if steps[3] == "receipts" or steps[-1] == "complete":
            return "receipts" if steps[3] == "receipts" else "complete"
        return "manifest" if steps[-1] == FILE else "part" if steps[-2] == "parts" else "other"
    found = steps[1] if steps[0] == "v1" and len(steps) > 1 else steps[0]
    return found if found in ("lists", "lookup", "updates", "healthz", "metrics") else "other"
