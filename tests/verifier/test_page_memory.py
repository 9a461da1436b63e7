"""Lists once seen are not gone back behind: an older copy of the page goes by the newer ones the browser has had."""

from decimal import Decimal
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from page_kit import at
from playwright.sync_api import expect

from appraisal.credential.claims import Claims, to_bytes
from appraisal.credential.cose import ED25519, Ed25519Signer, sign1, verifying_key
from appraisal.credential.delta import make_delta
from appraisal.credential.digits import to_digits
from appraisal.credential.status import Status, StatusList, make_status_list, vouched_status
from appraisal.credential.trust import CentreKey, StatusFloor, TrustList, make_trust_list, vouched_trust_list
from appraisal.domain.certificate import Bilingual
from appraisal.exchange.pictures import STATUS_DELTA, to_png
from library import verifier

ISSUED, DAY = 1_790_000_000, 86_400
LIST, CENTRE = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in (61, 62))
TEXT = to_digits(sign1(to_bytes(Claims(
    issued=ISSUED, number="A-1", name="欧阳娜娜", scheme="x", template_version=1, level=3, status=(1, 77),
    marks=(Decimal(80),) * 7)), CENTRE))
FIRST = make_status_list(StatusList(1, 0, 1).changed({}, ISSUED, ISSUED + 30 * DAY), LIST)
SECOND = make_status_list(vouched_status(FIRST).changed({77: Status.REVOKED}, ISSUED + 9, ISSUED + 31 * DAY), LIST)
DELTA = make_delta(vouched_status(FIRST), vouched_status(SECOND), LIST)


def trust(version, status, previous=None):
    key = CentreKey(verifying_key(ED25519, CENTRE.public), Bilingual("示范中心", "Demonstration Centre"), ISSUED)
    before = vouched_trust_list(previous).digest if previous else None
    return make_trust_list(TrustList(version, ISSUED + version, ISSUED + 90 * DAY, before, (key,), {}, {
        1: StatusFloor(vouched_status(status).issued, vouched_status(status).digest)}), LIST)


OLD = trust(1, FIRST)
NEW = trust(2, SECOND, OLD)


@pytest.fixture
def tab(browser, tmp_path):
    """Opens copies of the page at one address, in one browser."""
    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *given):
            super().__init__(*given, directory=str(tmp_path))

        def log_message(self, *_):
            pass

        def send_head(self):
            del self.headers["If-Modified-Since"]  # two copies of one second are two copies
            return super().send_head()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(locale="en-GB")

    def opened(trust_list, *statuses):
        (tmp_path / "verify.html").write_bytes(verifier.page(LIST.public, trust_list, statuses))
        page = context.new_page()
        at(page, ISSUED + DAY)
        page.goto(f"http://localhost:{server.server_port}/verify.html")
        page.fill("#text", TEXT)
        page.click("#paste button")
        return page

    yield opened
    context.close()
    server.shutdown()
    server.server_close()


def says(page, word):
    expect(page.get_by_role("heading", name=word, exact=True)).to_be_visible()


def test_an_older_copy_goes_by_what_the_browser_has_seen(tab):
    says(tab(OLD, FIRST), "Valid")
    says(tab(NEW, SECOND), "Revoked")
    older = tab(OLD, FIRST)
    says(older, "Revoked")
    older.reload()
    expect(older.get_by_text("version 2 is used, not 1")).to_be_visible()


def test_a_delta_as_a_picture_is_remembered_too(tab, tmp_path):
    page = tab(OLD, FIRST)
    says(page, "Valid")
    (tmp_path / "delta.png").write_bytes(to_png(STATUS_DELTA, DELTA))
    page.set_input_files("#photo", tmp_path / "delta.png")
    says(page, "Revoked")
    says(tab(OLD, FIRST), "Revoked")


def test_what_somebody_else_wrote_into_the_memory_changes_nothing(tab):
    page = tab(NEW, SECOND)
    says(page, "Revoked")
    write = "(wrong) => { for (const name of Object.keys(localStorage)) localStorage.setItem(name, wrong); }"
    for wrong in ('["AAAA", "%%%", 7]', "no JSON", '{"a": 1}', "[]"):
        page.evaluate(write, wrong)
        says(tab(NEW, SECOND), "Revoked")
