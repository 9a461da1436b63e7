"""What the tests of the page share: the vectors, and the lists that go with them."""

import base64
import json
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

VECTORS = Path(__file__).parents[1] / "vectors" / "certificate-qr"
CONTEXT, CASES = (json.loads((VECTORS / f"{name}.json").read_text("utf-8")) for name in ("context", "cases"))


def with_lists(*numbers: int, trust: bool = True) -> dict[str, object]:
    """Some of the vectors' lists, as the page takes them."""

    def text(data: str) -> str:
        return base64.b64encode(bytes.fromhex(data)).decode()

    return {"list_keys": [text(CONTEXT["list_key"])], "trust": text(CONTEXT["trust_list"]) if trust else None,
            "statuses": [text(CONTEXT["status_lists"][str(number)]) for number in numbers]}


def at(page: BrowserContext | Page, seconds: int) -> None:
    """The clock of the page, which stands."""
    page.clock.set_fixed_time(seconds)
