"""The page that verifies certificates, in a real browser that reaches no network."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from page_kit import CONTEXT
from playwright.sync_api import Browser, Page, sync_playwright

from library import verifier

ASKS_NOTHING = ("--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync",
                "--no-first-run", "--no-sandbox", "--use-fake-ui-for-media-stream")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Callable[..., Browser]]:
    """Starts Debian's browser; those that were started end with the module, and its event loop with them."""
    path = shutil.which("chromium")
    assert path, "packaging/setup.sh installs chromium"
    with sync_playwright() as playwright:
        started: list[Browser] = []

        def start(*arguments: str) -> Browser:
            started.append(playwright.chromium.launch(executable_path=path, args=[*ASKS_NOTHING, *arguments]))
            return started[-1]

        yield start
        for one in started:
            one.close()


@pytest.fixture(scope="module")
def browser(chromium: Callable[..., Browser]) -> Browser:
    return chromium()


@pytest.fixture(scope="session")
def published() -> bytes:
    """The page with the lists of the vectors."""
    return verifier.page(bytes.fromhex(CONTEXT["list_key"]), bytes.fromhex(CONTEXT["trust_list"]),
                         [bytes.fromhex(one) for one in CONTEXT["status_lists"].values()])


@pytest.fixture(scope="module")
def page(browser: Browser, published: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open and ready, for what asks it by script; tests of what a person sees have their own."""
    file = tmp_path_factory.mktemp("page") / "verify.html"
    file.write_bytes(published)
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("globalThis.certificateVerifier")
    yield page
    page.close()
