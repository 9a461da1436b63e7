"""`talent-library serve`: the application on uvicorn, with TLS where it can be reached from elsewhere."""

import argparse
import ipaddress
import signal
import socket
import ssl
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import h11
import uvicorn
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.sentences import say
from library.commands import Answer
from library.intake import at_work
from library.opening import Library
from library.web.answers import log_defect
from library.web.app import Wishes, create_app
from library.web.limits import Bounds
from library.web.uploads import spool_in

CONNECTIONS = 512
LONGEST_HEAD = 16 << 10
STOP_SECONDS = 10
"""Given to bodies that are coming in when the server is told to stop; the rest comes after the next start."""


class Discreet:
    """Logs a defect in its own words; the application has answered it already."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as fault:  # noqa: BLE001 - the last place where it can be seen
            log_defect("a request ended in a defect", fault)


class PromptProtocol(H11Protocol):
    """Does not wait for ever for a request's head, which uvicorn would."""

    head_seconds = 10.0
    """In which a request's head has to be here."""
    _head_due: Any = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._disarm()

    def _await_head(self) -> None:
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._disarm()
        elif self._head_due is None:
            self._head_due = self.loop.call_later(self.head_seconds, self._too_slow)

    def _too_slow(self) -> None:
        self._head_due = None
        if self.conn.their_state is h11.IDLE:
            self.transport.abort()

    def _disarm(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None


def serve(library: Library, given: argparse.Namespace, tell: Callable[[str], None]) -> Answer:
    """Until it is told to stop. Raises RuleViolation serve_without_tls; EnvironmentFault spool_in_use,
    serve_no_address, serve_no_certificate."""
    tls = given.tls_cert is not None
    if not (tls or given.behind_proxy or _is_loopback(given.host)):
        raise RuleViolation("serve_without_tls", "host", host=given.host)
    bounds = Bounds(desk_rate=given.desk_rate * 1e6, rate=given.rate * 1e6)
    wishes = Wishes(bounds, given.intakes, given.keep_days, given.updates)
    if given.updates is not None and not given.updates.is_dir():
        raise EnvironmentFault("file_unreadable", file=str(given.updates), reason="-")
    with spool_in(given.spool) as spool, listen(given.host, given.port) as listening:
        port = listening.getsockname()[1]
        url = f"http{'s' if tls else ''}://{f'[{given.host}]' if ':' in given.host else given.host}:{port}"
        config = uvicorn.Config(
            Discreet(create_app(library, spool, wishes, *_pages(library, given))), http=PromptProtocol, ws="none",
            lifespan="on", loop="asyncio", log_config=None, access_log=False, server_header=False,
            proxy_headers=given.behind_proxy, limit_concurrency=CONNECTIONS, h11_max_incomplete_event_size=LONGEST_HEAD,
            timeout_graceful_shutdown=STOP_SECONDS, ssl_certfile=given.tls_cert, ssl_keyfile=given.tls_key)
        _load(config, given.tls_cert)
        tell(say("serve_listens", given.language, url=url))
        server = uvicorn.Server(config)
        for one in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises it again when it has stopped
            signal.signal(one, _been_told)
        with at_work():
            server.run(sockets=[listening])
        return Answer({"url": url, "requests": server.server_state.total_requests})


def _pages(library: Library, given: argparse.Namespace) -> Sequence[BaseRoute]:
    """For people, where that was said. Only TLS, ours or a proxy's, or this machine gets as far as here."""
    if not given.console:
        return ()
    from library.web.console import console_routes  # noqa: PLC0415 - templates load slowly

    return console_routes(library, secure=given.tls_cert is not None or given.behind_proxy)


def _been_told(number: int, frame: FrameType | None) -> None:
    """The server has ended; so will the command, in its own way."""


def _load(config: uvicorn.Config, certificate: Path | None) -> None:
    try:
        config.load()
    except (OSError, ssl.SSLError) as fault:
        raise EnvironmentFault("serve_no_certificate", file=str(certificate), reason=str(fault)) from fault


def listen(host: str, port: int) -> socket.socket:
    """Raises EnvironmentFault serve_no_address."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as fault:
        raise EnvironmentFault("serve_no_address", host=host, port=port,
                               reason=fault.strerror or str(fault)) from fault


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
