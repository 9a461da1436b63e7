"""Bundles come in. Files and the database are touched in threads, never on the event loop's."""

import asyncio
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.letters import MAX_BYTES
from appraisal.exchange.manifest import FILE
from db.bundle_files import open_bundle
from library.intake import TakenIn, admit, take_in
from library.opening import Library
from library.web.answers import COSE, identifier, log_defect, whole_number
from library.web.limits import Limits
from library.web.metrics import Metrics
from library.web.uploads import Spool, Upload

PATIENCE = 20.0
"""Seconds that a request waits for an intake, so that no proxy on the way loses patience first."""
_STRANGERS = ""
"""Who sends a manifest is not known before it is here: all share one rate."""


class Reception:
    def __init__(self, library: Library, spool: Spool, limits: Limits, metrics: Metrics, intakes: int) -> None:
        """`intakes`: bundles taken in at once, each by a thread."""
        self._library, self._spool, self._limits, self._metrics = library, spool, limits, metrics
        self._pool = ThreadPoolExecutor(intakes, "intake")
        self._running: dict[tuple[Id, Id], asyncio.Future[bytes]] = {}

    async def manifest(self, request: Request) -> Response:
        desk, bundle = identifier(request, "desk"), identifier(request, "bundle")
        self._limits.look_at_manifest()
        signed = bytearray()
        async for block in self._limits.paced(_STRANGERS, request.stream()):
            signed += block
            if len(signed) > MAX_BYTES:
                raise RuleViolation("upload_too_long", part=FILE, length=MAX_BYTES)
        upload, new = await asyncio.to_thread(self._admit, desk, bundle, bytes(signed))
        offsets = await asyncio.to_thread(upload.offsets)
        return JSONResponse({"offsets": offsets, "taken": upload.taken}, 201 if new else 200)

    async def look(self, request: Request) -> Response:
        upload, name = self._upload(request), request.path_params["part"]
        here = await asyncio.to_thread(upload.offset, name)
        return Response(headers={"Upload-Offset": str(here), "Upload-Length": str(upload.parts[name].length)})

    async def part(self, request: Request) -> Response:
        """What comes is kept, however the body ends."""
        upload, name = self._upload(request), request.path_params["part"]
        at = whole_number(request.headers.get("upload-offset", "0"), "Upload-Offset")
        with self._limits.sending(upload.desk):
            writing = await asyncio.to_thread(upload.begin, name, at)
            try:
                async for block in self._limits.paced(upload.desk, request.stream()):
                    await asyncio.to_thread(writing.write, block)
                    self._metrics.count("library_received_bytes_total", len(block))
                here = await asyncio.to_thread(writing.finish)
            except asyncio.CancelledError:
                writing.break_off()  # the server ends: no thread would be waited for
                raise
            except Exception:
                await asyncio.to_thread(writing.break_off)
                raise
        return Response(status_code=204, headers={"Upload-Offset": str(here)})

    async def complete(self, request: Request) -> Response:
        """The same intake for however many ask; it goes on when nobody waits."""
        upload = self._upload(request)
        receipt = await asyncio.to_thread(upload.receipt)
        if receipt is None:
            await asyncio.to_thread(upload.complete)
            running = self.take(upload)
            done, _ = await asyncio.wait({running}, timeout=PATIENCE)
            if not done:
                return Response(status_code=202, headers={"Retry-After": "2"})
            receipt = running.result()
        return Response(receipt, media_type=COSE)

    def take(self, upload: Upload) -> "asyncio.Future[bytes]":
        name = upload.desk, upload.bundle
        running = self._running.get(name)
        if running is None:
            running = asyncio.get_running_loop().run_in_executor(self._pool, self._take_in, upload)
            self._running[name] = running
            running.add_done_callback(lambda done: self._ended(name, done))
        return running

    @property
    def running(self) -> int:
        return len(self._running)

    def close(self) -> None:
        """Waits for the intakes that run; those that have not begun are done after the next start."""
        self._pool.shutdown(cancel_futures=True)

    def _admit(self, desk: Id, bundle: Id, signed: bytes) -> tuple[Upload, bool]:
        manifest = admit(self._library, signed)
        if (manifest.desk, manifest.bundle) != (desk, bundle):
            raise RuleViolation("upload_misplaced")
        return self._spool.admit(manifest, signed)

    def _take_in(self, upload: Upload) -> bytes:
        """A bundle that is refused now, its desk withdrawn meanwhile, is in nobody's way any more."""
        if (receipt := upload.receipt()) is not None:  # given between the question and now
            return receipt
        began = time.monotonic()
        try:
            taken = take_in(self._library, open_bundle(upload.folder))
        except RuleViolation:
            self._metrics.count("library_bundles_total", outcome="refused")
            self._spool.remove(upload)
            raise
        upload.keep_receipt(taken.data)
        self._count(taken, time.monotonic() - began)
        return taken.data

    def _count(self, taken: TakenIn, seconds: float) -> None:
        self._metrics.count("library_bundles_total", outcome="taken")
        self._metrics.took_in(seconds)
        self._metrics.count("library_quarantined_parts_total", len(taken.receipt.quarantined))
        fates: Counter[str] = Counter()
        for one in taken.receipt.fates:
            fates[one.fate.value] += one.span.last - one.span.first + 1
        for fate, count in fates.items():
            self._metrics.count("library_records_total", count, fate=fate)

    def _upload(self, request: Request) -> Upload:
        return self._spool.upload(identifier(request, "desk"), identifier(request, "bundle"))

    def _ended(self, name: tuple[Id, Id], done: "asyncio.Future[bytes]") -> None:
        del self._running[name]
        if not done.cancelled() and (fault := done.exception()) and not isinstance(fault, RuleViolation):
            log_defect("an intake ended early", fault)
