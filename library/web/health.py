"""Does it work, and how much: for whoever runs the library."""

import asyncio
from collections.abc import Callable

from sqlalchemy import Engine, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from library.web.limits import Limits
from library.web.metrics import TEXT, Metrics
from library.web.uploads import Spool

PATIENCE = 5.0


class Health:
    def __init__(self, engine: Engine, spool: Spool, limits: Limits, metrics: Metrics,
                 intakes: Callable[[], int]) -> None:
        """`intakes`: how many run now."""
        self._engine, self._spool, self._limits, self._metrics = engine, spool, limits, metrics
        self._intakes = intakes

    async def health(self, request: Request) -> Response:  # noqa: ARG002 - as every request
        """200 while bundles can be taken in, else 503."""
        try:
            async with asyncio.timeout(PATIENCE):
                database = await asyncio.to_thread(self._ask_database)
        except Exception:  # noqa: BLE001 - whatever it is, the database does not answer
            database = False
        free = await asyncio.to_thread(self._spool.free)
        well = database and free > 0
        return JSONResponse({"well": well, "database": database, "spool_free_bytes": max(free, 0)},
                            200 if well else 503)

    async def figures(self, request: Request) -> Response:  # noqa: ARG002 - as every request
        now = {"library_uploads_open": await asyncio.to_thread(self._spool.under_way),
               "library_bodies_open": self._limits.bodies, "library_intakes_running": self._intakes(),
               "library_spool_free_bytes": max(await asyncio.to_thread(self._spool.free), 0)}
        return Response(self._metrics.text(now), media_type=TEXT)

    def _ask_database(self) -> bool:
        with self._engine.begin() as connection:
            return connection.scalar(select(1)) == 1
