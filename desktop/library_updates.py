"""The association's repository of updates over HTTPS. Loaded by the command that reads it only."""

import time
from collections.abc import Iterator

import httpx
from tuf.api.exceptions import DownloadError, DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface

from db.settings import LibraryAddress
from db.updates import BASE
from desktop.library_post import ANSWER_SECONDS, BLOCK, CONNECT_SECONDS, require_url, trusted

LONGEST_SECONDS = 1800.0
"""For one file: who sends a byte a minute is not waited for."""


class HttpFetcher(FetcherInterface):
    """Close it. Raises RuleViolation library_url_refused; EnvironmentFault library_certificate_refused."""

    def __init__(self, address: LibraryAddress) -> None:
        self._base = require_url(address.url) + "/"
        self._client = httpx.Client(verify=trusted(address), headers={"Accept-Encoding": "identity"},
                                    timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS))

    def close(self) -> None:
        self._client.close()

    def _fetch(self, url: str) -> Iterator[bytes]:
        until = time.monotonic() + LONGEST_SECONDS
        try:
            with self._client.stream("GET", self._base + url.removeprefix(BASE)) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise DownloadHTTPError(str(answer.status_code), answer.status_code)
                for block in answer.iter_raw(BLOCK):
                    if time.monotonic() > until:
                        raise DownloadError("too slow")
                    yield block
        except (httpx.RequestError, httpx.InvalidURL) as fault:
            raise DownloadError(str(fault) or type(fault).__name__) from fault
