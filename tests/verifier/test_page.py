"""The page as an employer meets it: a file, a link, pasting, a picture, a camera; and it asks for nothing."""

import hashlib
import io
import re
import tomllib
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import qrcode
from kit.pictures import mirrored, on_a_screen, sealed, torn
from page_kit import CASES, CONTEXT, at
from PIL import Image, ImageChops
from playwright.sync_api import expect

from appraisal.credential.digits import to_digits

ROOT = Path(__file__).parents[2] / "resources" / "verifier"
TEXTS = {case["name"]: case["text"] if "text" in case else to_digits(bytes.fromhex(case["hex"])) for case in CASES}
NOW = CONTEXT["now"]
BUILT_FROM = ("build.mjs", "package-lock.json", "page.html", "style.css", "words/en.toml", "words/zh_CN.toml",
              "../messages/en/credential.toml", "../messages/zh_CN/credential.toml")


def digits(name):
    return re.findall("[0-9]{100,}", TEXTS[name])[-1]


def symbol(text):
    drawn = qrcode.QRCode(border=4, box_size=6)
    drawn.add_data(text)
    return drawn.make_image().get_image().convert("RGB")


def png(image):
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


@pytest.fixture(scope="module")
def served(published, tmp_path_factory):
    """From localhost, a secure place: an address of the page."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "verify.html").write_bytes(published)

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *given):
            super().__init__(*given, directory=str(folder))

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/verify.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def file(published, tmp_path):
    (tmp_path / "verify.html").write_bytes(published)
    return (tmp_path / "verify.html").as_uri()


@pytest.fixture
def address(request, file, served):
    """Where the page comes from: a file, unless a test asks for localhost too."""
    return served if getattr(request, "param", "file") == "localhost" else file


FROM_BOTH = pytest.mark.parametrize("address", ["file", "localhost"], indirect=True)


@pytest.fixture
def page(browser, address):
    """In English, on a phone's screen; the network is cut once the page is there, and what it would ask is noted."""
    context = browser.new_context(locale="en-GB", viewport={"width": 360, "height": 740})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    at(page, NOW)
    page.goto(address)
    context.set_offline(True)
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert asked == []
    assert faults == []


def paste(page, text):
    page.get_by_label("Text of the code").fill(text)
    page.get_by_role("button", name="Check", exact=True).click()


@FROM_BOTH
def test_what_is_pasted_gets_its_verdict_and_all_that_is_certified(page):
    paste(page, TEXTS["text-url"])
    card = page.locator("article")
    expect(card.get_by_role("heading", name="Valid", exact=True)).to_be_visible()
    for shown in ("ZGC-2026-0001-000001-7", "欧阳娜娜", "OUYANG Nana", "Innovation Talent", "Level 3 / Senior",
                  "70 · 70.5 · 71 · 71.5 · 72 · 72.5 · 73", "2026-09-21", "2029-06-17", "Demonstration Centre",
                  "8 days old"):
        expect(card.get_by_text(shown, exact=True).first).to_be_visible()


@FROM_BOTH
@pytest.mark.parametrize(("name", "word", "tone"), [
    ("text-url", "Valid", "good"), ("state-list-past-its-term", "Genuine, lists out of date", "warn"),
    ("claims-fewest", "Genuine, revocation not checked", "warn"), ("state-expired", "Expired", "warn"),
    ("state-suspended", "Suspended", "warn"), ("state-replaced", "Replaced", "warn"),
    ("state-revoked", "Revoked", "refuse"), ("envelope-stranger", "Signer unknown", "refuse"),
    ("key-before-its-window", "Signed without right", "refuse"),
    ("key-closed-not-allowed", "Signed with a stolen key", "refuse"),
    ("envelope-name-edited", "Altered or forged", "refuse"), ("text-99-digits", "Not a certificate of ours", "refuse")])
def test_each_verdict_is_a_word_a_colour_and_a_shape(page, name, word, tone):
    case = next(one for one in CASES if one["name"] == name)
    at(page, case["now"])
    paste(page, TEXTS[name])
    head = page.locator(f"article .verdict.{tone}")
    expect(head.get_by_role("heading", name=word, exact=True)).to_be_visible()
    expect(head.locator("svg path")).to_have_count(1)


@FROM_BOTH
def test_a_link_with_digits_is_checked_at_once_and_so_is_the_next(page, address):
    page.goto(f"{address}#{digits('state-revoked')}")
    expect(page.get_by_role("heading", name="Revoked")).to_be_visible()
    page.evaluate(f"location.hash = '{digits('text-url')}'")
    expect(page.get_by_role("heading", name="Valid", exact=True)).to_be_visible()
    expect(page.locator("article")).to_have_count(1)


@FROM_BOTH
def test_a_link_from_somewhere_else_is_checked_at_once(browser, address):
    page = browser.new_page(locale="en-GB")
    at(page, NOW)
    page.goto(f"{address}#{digits('state-revoked')}")
    expect(page.get_by_role("heading", name="Revoked")).to_be_visible()
    page.close()


@FROM_BOTH
@pytest.mark.parametrize("turned", [0, 90, 180])
def test_a_picture_is_read(page, turned):
    picture = Image.new("RGB", (1200, 900), "white")
    picture.paste(symbol(TEXTS["text-url"]).resize((420, 420)), (300, 200))
    page.get_by_label("Take or choose a picture").set_input_files(
        {"name": "c.png", "mimeType": "image/png", "buffer": png(picture.rotate(turned, expand=True))})
    expect(page.get_by_role("heading", name="Valid", exact=True)).to_be_visible()


@pytest.mark.parametrize("harm", [sealed, torn, on_a_screen, mirrored, ImageChops.invert])
def test_a_code_that_suffered(page, harm):
    page.get_by_label("Take or choose a picture").set_input_files(
        {"name": "c.png", "mimeType": "image/png", "buffer": png(harm(symbol(TEXTS["text-url"])))})
    expect(page.get_by_role("heading", name="Valid", exact=True)).to_be_visible()


def test_two_on_one_page_are_two_cards(page):
    both = Image.new("RGB", (1400, 700), "white")
    both.paste(symbol(TEXTS["text-url"]).resize((500, 500)), (100, 100))
    both.paste(symbol(TEXTS["state-revoked"]).resize((500, 500)), (800, 100))
    page.get_by_label("Take or choose a picture").set_input_files(
        {"name": "c.png", "mimeType": "image/png", "buffer": png(both)})
    expect(page.locator("article")).to_have_count(2)
    expect(page.get_by_role("status").first).to_have_text("2 certificates were read.")


@pytest.mark.parametrize(("name", "data", "says"), [
    ("cat.png", png(Image.new("RGB", (300, 300), "grey")), "No certificate's code was found in cat.png"),
    ("shop.png", png(symbol("https://example.cn/?id=1")), "No certificate's code was found in shop.png"),
    ("c.pdf", b"%PDF-1.7", "c.pdf is no picture that this browser can show")])
def test_a_picture_of_something_else_is_said(page, name, data, says):
    page.get_by_label("Take or choose a picture").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": data})
    expect(page.get_by_role("status").first).to_contain_text(says)
    expect(page.locator("article")).to_have_count(0)


def test_whose_it_is(page):
    paste(page, TEXTS["text-url"])
    number = page.get_by_label("Document number")
    number.fill("11010119900307123X")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text("Not this person's")).to_be_visible(timeout=20_000)
    number.fill("1")
    expect(page.get_by_text("Not this person's")).to_have_count(0)


def test_nothing_certified_by_nobody_known_is_offered_for_comparing_a_person(page):
    paste(page, TEXTS["envelope-stranger"])
    expect(page.get_by_text("Nobody known stands behind these lines.")).to_be_visible()
    expect(page.get_by_label("Document number")).to_have_count(0)


def test_both_languages(page):
    paste(page, TEXTS["text-url"])
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="有效", exact=True)).to_be_visible()
    expect(page.get_by_text("示范评价中心")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Valid", exact=True)).to_be_visible()


@pytest.mark.parametrize("name", ["text-url", "text-99-digits", "state-replaced"])
def test_nothing_is_wider_than_the_phone(page, name):
    paste(page, TEXTS[name])
    expect(page.locator("article")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_by_keyboard_alone(page):
    for _ in range(4):  # language, camera, picture, text
        page.keyboard.press("Tab")
    page.keyboard.insert_text(TEXTS["text-url"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Valid", exact=True)).to_be_visible()


def test_in_wechat_it_says_how_to_get_out(browser, file):
    context = browser.new_context(user_agent="Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.49", locale="zh-CN")
    page = context.new_page()
    page.goto(file)
    expect(page.get_by_text("在浏览器打开")).to_be_visible()
    context.close()


def test_the_policy_lets_no_other_script_run_and_nothing_out(browser, file):
    page = browser.new_page()
    page.goto(file)
    policy = page.locator("meta[http-equiv]").get_attribute("content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'unsafe-inline'" not in policy
    refused = page.evaluate("""async () => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.head.append(script);
        const asked = await fetch("https://example.cn/").then(() => "sent", () => "refused");
        return [window.ran === undefined, asked];
    }""")
    assert refused == [True, "refused"]
    page.close()


def test_through_a_camera(chromium, served, tmp_path):
    """The browser's own camera shows a film of one picture: a certificate held before it."""
    picture = Image.new("RGB", (1280, 720), "white")
    picture.paste(symbol(TEXTS["text-url"]).resize((500, 500)), (390, 110))
    film = tmp_path / "camera.mjpeg"
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=90)
    film.write_bytes(held.getvalue() * 3)
    browser = chromium("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}")
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.add_init_script("""
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wanted) => (window.stream = await ask(wanted));""")
    at(page, NOW)
    page.goto(served)
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_role("heading", name="Valid", exact=True)).to_be_visible(timeout=20_000)
    expect(page.locator("video")).to_be_hidden()
    assert page.evaluate("stream.getTracks().map((track) => track.readyState)") == ["ended"]
    context.close()


def test_where_there_is_no_camera_it_says_so(browser, served):
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(served)
    page.get_by_role("button", name="Use the camera").click()
    expect(page.get_by_role("status").first).to_contain_text("No camera can be used here")
    expect(page.get_by_role("button", name="Use the camera")).to_be_visible()
    context.close()


def test_the_page_is_built_from_what_stands_beside_it():
    written = sorted((ROOT / "src").iterdir())
    made = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in (*BUILT_FROM, *written)))
    page = (ROOT / "verify.html").read_text("utf-8")
    assert f'content="{made.hexdigest()}"' in page, "run `npm ci && npm run build` in resources/verifier"
    assert len(page.encode()) < 800_000


def test_both_languages_have_every_sentence():
    english, chinese = (tomllib.loads((ROOT / "words" / f"{name}.toml").read_text("utf-8")) for name in ("en", "zh_CN"))
    assert english.keys() == chinese.keys()
    for name, sentence in english.items():
        assert set(re.findall(r"{\w+}", sentence)) == set(re.findall(r"{\w+}", chinese[name])), name
