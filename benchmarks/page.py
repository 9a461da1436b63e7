"""The page that verifies certificates, in Chromium, from a file, with no network: from opening it to the verdict on a
code that was pasted."""

import json
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from appraisal.credential.cose import ED25519, verifying_key
from appraisal.credential.status import StatusList, make_status_list, vouched_status
from appraisal.credential.trust import CentreKey, SchemeNames, StatusFloor, TrustList, make_trust_list
from appraisal.domain.certificate import Bilingual
from benchmarks.reading import SIGNER, texts
from benchmarks.verify import ISSUED
from library import verifier


def page() -> bytes:
    """As published, with a status list of full size."""
    now = int(time.time())
    status = make_status_list(StatusList(3, now, now + 10**6), SIGNER)
    key = CentreKey(verifying_key(ED25519, SIGNER.public), Bilingual("示范中心", "Demonstration Centre"), ISSUED - 1)
    names = SchemeNames(Bilingual("创新人才", "Innovation Talent"), {3: Bilingual("三级", "Level 3")})
    trust = TrustList(1, now, now + 10**7, None, (key,), {"innovation-t": names},
                      {3: StatusFloor(now, vouched_status(status).digest)})
    return verifier.page(SIGNER.public, make_trust_list(trust, SIGNER), [status])


def main() -> None:
    chromium = shutil.which("chromium")
    assert chromium, "packaging/setup.sh installs chromium"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "verify.html"
        file.write_bytes(page())
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        context = browser.new_context(offline=True)
        warm = context.new_page()
        warm.goto("about:blank")
        started = time.perf_counter()
        tab = context.new_page()
        tab.goto(file.as_uri())
        tab.fill("#text", texts(1)[0])
        tab.click("#paste button")
        tab.wait_for_selector("#results .verdict.good")
        seconds = time.perf_counter() - started
        browser.close()
    print(json.dumps({"benchmark": "page", "seconds": round(seconds, 3)}))


if __name__ == "__main__":
    main()
