"""The library over HTTPS, as a desk speaks to it (docs/formats/bundle.md). Loaded by the commands that send only."""

import ipaddress
import ssl
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from appraisal.credential.cose import Signer
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.asking import Ask, make_ask
from appraisal.exchange.manifest import FILE
from appraisal.exchange.post import Admitted, NotNow
from appraisal.exchange.receipt import MAX_BYTES
from db.settings import LibraryAddress

CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 60.0
BLOCK = 64 << 10
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers of a library, or a proxy before it, that may be others in a while."""
BEGIN_ANEW = frozenset({"upload_unknown", "upload_offset_differs", "upload_superseded", "upload_incomplete",
                        "upload_part_differs"})
"""Refusals that asking anew where the upload stands puts right."""


T = TypeVar("T")


class _Offsets(msgspec.Struct):
    offsets: dict[str, int]
    taken: bool


class _Numbers(msgspec.Struct):
    receipts: list[int]


class _Refusal(msgspec.Struct):
    error: str
    message: str


class HttpPost:
    """Close it. `signer` holds the desk's transport key; `clock` gives milliseconds since 1970, UTC."""

    def __init__(self, address: LibraryAddress, signer: Signer, clock: Callable[[], int], language: str) -> None:
        """Raises RuleViolation library_url_refused; EnvironmentFault library_certificate_refused."""
        self.address = require_url(address.url)
        self._signer, self._clock = signer, clock
        self._client = httpx.Client(
            verify=trusted(address), timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            headers={"Accept-Language": language.replace("_", "-")})

    def close(self) -> None:
        self._client.close()

    def admit(self, desk: Id, bundle: Id, manifest: bytes) -> Admitted:
        found = self._decode(self._ask("PUT", f"{_upload(desk, bundle)}/parts/{FILE}", content=manifest), _Offsets)
        return Admitted(found.offsets, found.taken)

    def put(self, desk: Id, bundle: Id, name: str, at: int, data: bytes, sent: Callable[[int], None]) -> None:
        def blocks() -> Iterator[bytes]:
            for start in range(0, len(data), BLOCK):
                block = data[start:start + BLOCK]
                yield block
                sent(len(block))

        self._ask("PUT", f"{_upload(desk, bundle)}/parts/{name}", content=blocks(),
                  headers={"Upload-Offset": str(at), "Content-Length": str(len(data))})

    def complete(self, desk: Id, bundle: Id) -> bytes:
        return self._ask("POST", f"{_upload(desk, bundle)}/complete")

    def receipts(self, desk: Id, after: int) -> Sequence[int]:
        return self._decode(self._ask_as(desk, f"/v1/desks/{desk}/receipts?after={after}"), _Numbers).receipts

    def receipt(self, desk: Id, number: int) -> bytes:
        return self._ask_as(desk, f"/v1/desks/{desk}/receipts/{number}")

    def _ask_as(self, desk: Id, path: str) -> bytes:
        return self._ask("GET", path, headers={
            "Authorization": make_ask(Ask(desk, "GET", path, self._clock()), self._signer)})

    def _ask(self, method: str, path: str, **more: Any) -> bytes:
        """The answer's body, no longer than a receipt may be."""
        try:
            with self._client.stream(method, self.address + path, **more) as answer:
                body = self._body(answer)
        except httpx.InvalidURL as fault:
            raise RuleViolation("library_url_refused", "to", url=self.address) from fault
        except httpx.RequestError as fault:
            if _untrusted(fault):
                raise EnvironmentFault("library_certificate_refused", url=self.address, reason=str(fault)) from fault
            raise NotNow(str(fault) or type(fault).__name__) from fault
        if answer.status_code == 202:
            raise NotNow("202", _seconds(answer))
        if not answer.is_success:
            self._refused(answer, body)
        return body

    def _body(self, answer: httpx.Response) -> bytes:
        found = bytearray()
        for block in answer.iter_raw(BLOCK):
            found += block
            if len(found) > MAX_BYTES:
                raise EnvironmentFault("library_answers_oddly", url=self.address, reason="too_long")
        return bytes(found)

    def _refused(self, answer: httpx.Response, body: bytes) -> NoReturn:
        status = answer.status_code
        try:
            said = msgspec.json.decode(body, type=_Refusal)
        except msgspec.MsgspecError:
            said = None
        if status in AGAIN or (said and (said.error in BEGIN_ANEW or said.error == "spool_full")):
            raise NotNow(_line(said.message) if said else str(status), _seconds(answer))
        if said is None:
            raise EnvironmentFault("library_answers_oddly", url=self.address, reason=str(status))
        raise RuleViolation("library_refuses", status=status, reason=_line(said.error), message=_line(said.message))

    def _decode(self, body: bytes, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(body, type=kind)
        except msgspec.MsgspecError as fault:
            raise EnvironmentFault("library_answers_oddly", url=self.address, reason=str(fault)) from fault


def require_url(url: str) -> str:
    """Without a slash at its end. https, or http to this very machine. Raises RuleViolation library_url_refused."""
    try:
        parts = urlsplit(url.strip())
        plain = not (parts.username or parts.password or parts.query or parts.fragment) and bool(parts.hostname)
        allowed = parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
        _ = parts.port
    except ValueError:
        plain = allowed = False
    if not (plain and allowed):
        raise RuleViolation("library_url_refused", "to", url=_line(url))
    return url.strip().rstrip("/")


def _upload(desk: Id, bundle: Id) -> str:
    return f"/v1/desks/{desk}/bundles/{bundle}"


def trusted(address: LibraryAddress) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if address.authority:
        try:
            context.load_verify_locations(cadata=address.authority)
        except (ssl.SSLError, ValueError) as fault:
            raise EnvironmentFault("library_certificate_refused", url=address.url, reason=str(fault)) from fault
    return context


def _untrusted(fault: BaseException | None) -> bool:
    """Whether a certificate is why; trying again does not change it."""
    while fault is not None:
        if isinstance(fault, ssl.SSLCertVerificationError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _seconds(answer: httpx.Response) -> float:
    said = answer.headers.get("retry-after", "")
    return min(float(said), 600.0) if said.isascii() and said.isdigit() else 0.0


def _line(text: str) -> str:
    """What another machine says, fit to be shown: one line, no control characters, not without end."""
    return "".join(one if one.isprintable() else " " for one in text)[:400]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
