"""The library's service on a real socket, in a thread of this process; it can be started again on the same spool."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import uvicorn
from kit.desks import SimulatedDesk
from kit.libraries import SimulatedLibrary
from starlette.routing import BaseRoute

from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.operator import Role
from appraisal.exchange.asking import Ask, make_ask
from appraisal.exchange.manifest import Manifest, unverified
from appraisal.usecases.send_bundle import Patience
from db.settings import LibraryAddress
from desktop.library_post import HttpPost
from library.web.app import Wishes, create_app
from library.web.serving import Discreet, PromptProtocol, listen
from library.web.uploads import Spool, spool_in

NO_RESERVE = 0


class Service:
    """`with Service(association, folder).running() as client`: an httpx client whose paths begin with `/v1`."""

    def __init__(self, association: SimulatedLibrary, folder: Path, wishes: Wishes | None = None,
                 reserve: int = NO_RESERVE, protocol: type = PromptProtocol,
                 routes: Sequence[BaseRoute] = ()) -> None:
        self.association, self.folder, self.wishes = association, folder, wishes or Wishes()
        self.reserve, self._protocol, self._routes = reserve, protocol, routes
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self, **tls: str) -> Iterator[httpx.Client]:
        with ExitStack() as held:
            self.spool: Spool = held.enter_context(spool_in(self.folder, self.reserve))
            listening = held.enter_context(listen("127.0.0.1", self.port))
            self.port = listening.getsockname()[1]
            app = create_app(self.association.library, self.spool, self.wishes, *self._routes)
            server = uvicorn.Server(uvicorn.Config(
                Discreet(app), http=self._protocol, ws="none", lifespan="on", loop="asyncio", log_config=None,
                access_log=False, timeout_graceful_shutdown=1, **tls))
            thread = threading.Thread(target=server.run, args=([listening],))
            thread.start()
            try:
                while not server.started:
                    assert thread.is_alive()
                    time.sleep(0.005)
                with httpx.Client(base_url=self.url, timeout=10, trust_env=False) as client:
                    yield client
            finally:
                server.should_exit = True
                thread.join()


class Parcel:
    """A desk's newest bundle, and its addresses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.signed = (path / "manifest.cose").read_bytes()
        self.manifest: Manifest = unverified(self.signed)
        self.base = f"/v1/desks/{self.manifest.desk}/bundles/{self.manifest.bundle}"
        self.manifest_path, self.complete_path = self.part_path("manifest.cose"), f"{self.base}/complete"

    def part_path(self, name: str) -> str:
        return f"{self.base}/parts/{name}"

    def part(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    @property
    def names(self) -> list[str]:
        return [f"part-{n:04d}" for n in range(1, len(self.manifest.parts) + 1)]

    def send(self, client: httpx.Client) -> httpx.Response:
        """All of it; the answer to `complete`."""
        client.put(self.manifest_path, content=self.signed).raise_for_status()
        return self.send_rest(client)

    def send_rest(self, client: httpx.Client) -> httpx.Response:
        for name in self.names:
            at = int(client.head(self.part_path(name)).headers["Upload-Offset"])
            rest = self.part(name)[at:]
            if rest:
                client.put(self.part_path(name), content=rest, headers={"Upload-Offset": str(at)}).raise_for_status()
        return client.post(self.complete_path)


def ask(desk: SimulatedDesk, path: str, at: int, signer: Ed25519Signer | None = None,
        method: str = "GET") -> dict[str, str]:
    return {"Authorization": make_ask(Ask(desk.id, method, path, at), signer or desk.exchange.signer)}


@contextmanager
def post_of(desk: SimulatedDesk, url: str, clock=lambda: time.time_ns() // 1_000_000, authority: str = ""):
    post = HttpPost(LibraryAddress(url, authority), desk.exchange.signer, clock, "en")
    try:
        yield post
    finally:
        post.close()


def supervisor(desk: SimulatedDesk) -> str:
    return desk.operators[Role.SUPERVISOR]


class Waited(Patience):
    """Does not wait, but counts."""

    def __init__(self, longest: float = 60.0) -> None:
        self.waits: list[tuple[str, float]] = []
        super().__init__(lambda _seconds: None, lambda: 1.0, longest, lambda *wait: self.waits.append(wait))


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != "lock")


def wait_until(true, seconds=5.0):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


def begin_body(service, path, length, body, at=0):
    """A connection of our own that sends `body` of `length` bytes, and is open still."""
    connection = socket.create_connection(("127.0.0.1", service.port))
    connection.sendall(f"PUT {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\nUpload-Offset: {at}\r\n\r\n"
                       .encode() + body)
    return connection


def offset(client, path):
    return int(client.head(path).headers["Upload-Offset"])
