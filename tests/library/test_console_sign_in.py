"""Who gets in at the console, for how long, and what every answer says to the browser."""

import pytest
from console_kit import ONE, TWO, Console, Hands, hidden

from appraisal.domain.errors import RuleViolation
from appraisal.sentences import say
from db.folder import DEMONSTRATION_PASSPHRASE
from db.keyslots import Cost
from library.officers import add_officer, withdraw_officer
from library.web.console_sessions import FROM_ADDRESS, IDLE, IN_ALL, LONGEST, WINDOW, Attempts, Sessions

QUESTIONS = "/console/questions"


@pytest.fixture
def console(association, tmp_path):
    with Console(association, tmp_path / "spool").running() as running:
        yield running


def test_the_console_is_not_there_unless_it_is_said(association, tmp_path):
    from service_kit import Service  # noqa: PLC0415

    with Service(association, tmp_path / "spool").running() as client:
        assert client.get("/console/sign-in").status_code == 404


def test_an_officer_signs_in_and_out(console):
    officer = console.visitor()
    sent = officer.get(QUESTIONS)
    assert (sent.status_code, sent.headers["location"]) == (303, "/console/sign-in?next=%2Fconsole%2Fquestions")
    answer = officer.sign_in(next="/console/status")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/status")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/console" in cookie
    assert "secure" not in cookie  # loopback: a browser would not send it back
    page = officer.get(QUESTIONS)
    assert page.status_code == 200
    assert ONE in page.text
    kept = "; ".join(f"{name}={value}" for name, value in officer.http.cookies.items())
    assert officer.post("/console/sign-out", csrf="x").status_code == 403
    assert officer.get(QUESTIONS).status_code == 200
    token = page.text.partition('name="csrf" value="')[2].partition('"')[0]
    assert officer.post("/console/sign-out", csrf=token).headers["location"] == "/console/sign-in"
    assert console.visitor(Cookie=kept).get(QUESTIONS).status_code == 303  # the old cookie is of no use


def test_another_officer_takes_over_the_browser(console):
    browser = console.officer(ONE)
    old = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
    assert browser.sign_in(TWO).status_code == 303
    assert f"<span>{TWO}</span>" in browser.get(QUESTIONS).text
    assert console.visitor(Cookie=old).get(QUESTIONS).status_code == 303


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "/v1/lists/x", "/console/../x",
                                "/console/questions\n"])
def test_after_signing_in_nobody_is_sent_elsewhere(console, to):
    assert console.visitor().sign_in(next=to).headers["location"] == QUESTIONS


def test_who_is_unknown_and_what_is_wrong_are_told_alike(console):
    visitor = console.visitor()
    wrong, unknown = visitor.sign_in(passphrase="not this one"), visitor.sign_in("nobody")
    told = say("console_sign_in_refused", "en")
    for answer in (wrong, unknown, visitor.sign_in("nul\0name")):
        assert answer.status_code == 403
        assert told in answer.text
        assert "set-cookie" not in answer.headers
    assert wrong.text.replace(ONE, "") == unknown.text.replace("nobody", "")
    assert "not this one" not in wrong.text
    assert visitor.get(QUESTIONS).status_code == 303


def test_attempts_are_limited_and_come_back(console):
    visitor = console.visitor()
    assert {visitor.sign_in(f"nobody{n}").status_code for n in range(FROM_ADDRESS)} == {403}
    late = visitor.sign_in()
    assert late.status_code == 429
    assert f"{int(WINDOW)} s" in late.text
    console.clock.now += WINDOW
    assert visitor.sign_in().status_code == 303


def test_a_session_ends_when_nobody_does_anything(console):
    officer = console.officer()
    console.clock.now += IDLE - 1
    assert officer.get(QUESTIONS).status_code == 200
    console.clock.now += IDLE - 1
    assert officer.get(QUESTIONS).status_code == 200
    console.clock.now += IDLE
    answer = officer.get(QUESTIONS)
    assert answer.headers["location"].endswith("&ended=1")
    assert say("console.session_ended", "en") in officer.get(answer.headers["location"]).text
    again = officer.post(f"{QUESTIONS}/{'0' * 32}", choice="1", reason="x", csrf="x")
    assert (again.status_code, again.headers["location"].partition("?")[0]) == (303, "/console/sign-in")


def test_an_officer_who_is_withdrawn_is_out_at_once(association, console):
    add_officer(association.library, "third", DEMONSTRATION_PASSPHRASE, association.officers(), cost=Cost(1, 8192, 1))
    third = console.officer("third")
    withdraw_officer(association.library, "third", association.officers())
    assert third.get(QUESTIONS).status_code == 403
    assert third.get(QUESTIONS).status_code == 303
    assert console.officer(TWO).get(QUESTIONS).status_code == 200


def test_every_answer_keeps_the_browser_tight(console):
    officer = console.officer()
    paths = ["/console", "/console/console.css", "/console/sign-in", QUESTIONS, "/console/nothing", "/console/status",
             "/console/desks/x", "/console/questions?after=x"]
    for answer in [officer.get(path) for path in paths] + [officer.post("/console/sign-out"), officer.sign_in("x")]:
        headers = answer.headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
        assert (headers["referrer-policy"], headers["cache-control"]) == ("no-referrer", "no-store")
        assert headers["x-content-type-options"] == "nosniff"
        assert "<script" not in answer.text
        assert " style=" not in answer.text
    assert officer.get("/console/nothing").status_code == 404


def test_a_form_from_elsewhere_and_a_form_too_long_are_refused(console):
    assert console.visitor("en", **{"Sec-Fetch-Site": "cross-site"}).sign_in().status_code == 403
    assert console.visitor().sign_in(x="x" * 70_000).status_code == 413
    assert console.visitor().post("/console/sign-in", **{f"f{n}": "" for n in range(30)}).status_code == 403


def test_over_tls_cookies_are_secure_and_plain_is_refused(association, tmp_path):
    with Console(association, tmp_path / "spool", secure=True).running() as console:
        answer = console.visitor().sign_in()
        assert answer.status_code == 403
        assert say("console_needs_tls", "en") in answer.text
        assert "set-cookie" not in answer.headers
        # uvicorn believes a proxy on this machine
        cookie = console.visitor("en", **{"X-Forwarded-Proto": "https"}).sign_in().headers["set-cookie"]
        assert "Secure" in cookie


@pytest.mark.parametrize(("wish", "lang"), [
    ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"), ("en-GB", "en"), ("fr, en;q=0.5", "en"), ("en;q=0.3, zh;q=0.7", "zh-CN"),
    (";;q=,,", "zh-CN"), ("", "zh-CN")])
def test_the_language_is_the_browsers_until_it_is_chosen(console, wish, lang):
    visitor = console.visitor(wish)
    assert f'<html lang="{lang}">' in visitor.get("/console/sign-in").text
    other = "en" if lang == "zh-CN" else "zh_CN"
    answer = visitor.get(f"/console/sign-in?next=%2Fconsole%2Fdesks&language={other}")
    assert answer.headers["location"] == "/console/sign-in?next=%2Fconsole%2Fdesks"
    page = visitor.get(answer.headers["location"]).text
    assert f'<html lang="{other.replace("_", "-")}">' in page
    assert say("console.passphrase", other) in page
    assert hidden(page) == {"next": "/console/desks"}


def test_a_session_ends_at_last_and_takes_its_key_along():
    clock = Hands()
    sessions = Sessions(clock)
    token = sessions.begin(object())
    for _ in range(int(LONGEST / IDLE * 2) - 1):
        clock.now += IDLE / 2
        assert sessions.find(token) is not None
    clock.now += IDLE / 2
    assert sessions.sweep() == 0
    assert sessions.find(token) is None


def test_attempts_are_bounded_in_all_and_a_stranger_does_not_reset_them():
    clock = Hands()
    attempts = Attempts(clock)
    for n in range(IN_ALL):
        attempts.begin(f"10.0.0.{n}", f"name{n}")
    with pytest.raises(RuleViolation, match="too_many_requests"):
        attempts.begin("10.1.1.1", "name")
    clock.now += WINDOW
    for _ in range(3):
        attempts.begin("a", "one")
    attempts.begin("b", "one")
    attempts.succeeded("b", "one")
    assert [one[1:] for one in attempts._failed] == [("a", "one")] * 3
