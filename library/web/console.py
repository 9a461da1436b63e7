"""The officers' console: sign-in, questions, desks, state of the library (docs/decisions/officers-console.md)."""

import re
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from threading import Lock
from typing import Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from appraisal.domain.errors import RuleViolation
from appraisal.domain.question import QuestionKind
from library.officers import open_officer
from library.opening import Library
from library.question_rows import QuestionRow
from library.questions import Question, decide, open_questions, question
from library.releasing import LIBRARY, list_desks, release
from library.status import status
from library.web.console_frame import COOKIE, ROOT, SIGN_IN, Call, Frame
from library.web.console_sessions import Attempts
from library.web.console_sides import differing, lay_out

PAGE = 50
LONGEST_REASON = 2000
HELD = "held"
_ID = re.compile("[0-9a-f]{32}")
_AFTER = re.compile("([0-9]{1,16})-([0-9a-f]{32})")
_NEXT = re.compile(f"{ROOT}(/status|/desks(/[0-9a-f]{{32}})?|/questions(/[0-9a-f]{{32}})?)")
_REFUSED = frozenset({"officer_unknown", "officer_withdrawn", "passphrase_wrong"})


def console_routes(library: Library, *, secure: bool,
                   clock: Callable[[], float] = time.monotonic) -> list[BaseRoute]:
    """For `create_app(…, *more)`. `secure`: reached over TLS; else over loopback only. `clock`: seconds."""
    frame = Frame(library, secure, clock)
    door, pages = _Door(frame), _Console(frame)
    return [
        frame.route("/console.css", lambda _call: frame.pages.style(), public=True),
        frame.route("/sign-in", door.show, public=True), frame.route("/sign-in", door.enter, "POST", public=True),
        frame.route("/sign-out", door.leave, "POST"),
        frame.route("", pages.home), frame.route("/questions", pages.questions),
        frame.route("/questions/{id}", pages.question), frame.route("/questions/{id}", pages.decide, "POST"),
        frame.route("/desks", pages.desks), frame.route("/desks/{id}", pages.desk),
        frame.route("/desks/{id}", pages.release, "POST"), frame.route("/status", pages.status),
        frame.route("/{rest:path}", _nothing, public=True)]


class _Door:
    def __init__(self, frame: Frame) -> None:
        self._frame, self._attempts = frame, Attempts(frame.clock)

    def show(self, call: Call) -> Response:
        return self._frame.show(call, "sign_in.html", wrong=None, name="", next=call.query.get("next", ""),
                                ended="ended" in call.query)

    def enter(self, call: Call) -> Response:
        """A name that is unknown and a passphrase that is wrong are told alike."""
        name, to = call.form.get("name", "").strip(), call.form.get("next", "")
        try:
            self._attempts.begin(call.address, name)
            officer = open_officer(self._frame.library, name.replace("\0", ""), call.form.get("passphrase", ""))
        except RuleViolation as fault:
            told = RuleViolation("console_sign_in_refused") if fault.code in _REFUSED else fault
            return self._frame.refuse(call, "sign_in.html", told, name=name, next=to, ended=False)
        self._attempts.succeeded(call.address, name)
        self._frame.sessions.end(call.token)
        answer = RedirectResponse(to if _NEXT.fullmatch(to) else f"{ROOT}/questions", 303)
        return self._frame.keep(answer, COOKIE, self._frame.sessions.begin(officer))

    def leave(self, call: Call) -> Response:
        self._frame.sessions.end(call.token)
        return self._frame.keep(RedirectResponse(SIGN_IN, 303), COOKIE, "", 0)


class _Console:
    def __init__(self, frame: Frame) -> None:
        self._frame, self._library = frame, frame.library
        self._deciding = Lock()
        """What was looked at is still so when it is decided: whether two people are one may be decided anew."""

    def home(self, call: Call) -> Response:  # noqa: ARG002 - as every page
        return RedirectResponse(f"{ROOT}/questions", 303)

    def questions(self, call: Call) -> Response:
        after = call.query.get("after")
        place = _AFTER.fullmatch(after) if after is not None else None
        if after is not None and place is None:
            return _nothing(call)
        rows = open_questions(self._library, (int(place[1]), place[2]) if place else None, PAGE + 1)
        return self._frame.show(call, "questions.html", rows=rows[:PAGE], first=place is None,
                                following=f"{rows[PAGE - 1].opened_at}-{rows[PAGE - 1].id}" if len(rows) > PAGE else "")

    def question(self, call: Call) -> Response:
        found = question(self._library, _identifier(call, "question_unknown"))
        return self._frame.show(call, "question.html", wrong=None, chosen="", reason="", **_laid_out(found))

    def decide(self, call: Call) -> Response:
        name = _identifier(call, "question_unknown")
        try:
            with self._deciding:
                self._decide(call, question(self._library, name).row)
        except RuleViolation as fault:
            if fault.code == "question_unknown":
                raise
            return self._frame.refuse(
                call, "question.html", fault, chosen=call.form.get("choice", ""), reason=call.form.get("reason", ""),
                **_laid_out(question(self._library, name)))
        return RedirectResponse(call.path, 303)

    def _decide(self, call: Call, row: QuestionRow) -> None:
        if row.decided is not None and call.form.get("seen", "") != _seen(row):
            raise RuleViolation("console_decided_meanwhile", "id", officer=row.decided.officer)
        decide(self._library, row.id, call.form.get("choice", ""), _reason(call), call.signed_in.officer)

    def desks(self, call: Call) -> Response:
        return self._frame.show(call, "desks.html", desks=list_desks(self._library))

    def desk(self, call: Call) -> Response:
        return self._frame.show(call, "desk.html", wrong=None, chosen="", reason="", **self._desk(call))

    def release(self, call: Call) -> Response:
        try:
            with self._deciding:
                self._release(call, self._desk(call))
        except RuleViolation as fault:
            if fault.code == "console_page_unknown":
                raise
            return self._frame.refuse(call, "desk.html", fault, chosen=call.form.get("truth", ""),
                                      reason=call.form.get("reason", ""), **self._desk(call))
        return RedirectResponse(call.path, 303)

    def _release(self, call: Call, values: Mapping[str, Any]) -> None:
        truth = call.form.get("truth", "")
        if truth not in values["truths"]:
            raise RuleViolation("console_truth_missing", "truth")
        release(self._library, values["desk"].desk, truth, _reason(call), call.signed_in.officer)

    def _desk(self, call: Call) -> dict[str, Any]:
        name = _identifier(call, "console_page_unknown")
        found = next((one for one in list_desks(self._library) if one.desk == name), None)
        if found is None:
            raise RuleViolation("console_page_unknown")
        others = tuple(ref.rpartition("/")[2] for ref in found.sides[1:])
        return {"desk": found, "truths": (LIBRARY, *others) if found.state == HELD else (), "longest": LONGEST_REASON}

    def status(self, call: Call) -> Response:
        with self._library.engine.begin() as connection:
            return self._frame.show(call, "status.html", holds=status(connection))


def _laid_out(found: Question) -> dict[str, Any]:
    row = found.row
    open_still = row.decided is None or row.kind is QuestionKind.SAME_PERSON
    return {"row": row, "stands": found.stands, "sides": lay_out(found.sides), "differs": differing(found.sides),
            "choices": found.choices if open_still else (), "seen": _seen(row), "longest": LONGEST_REASON}


def _seen(row: QuestionRow) -> str:
    """What the officer knew of a decision when the page was made."""
    return sha256(repr(row.decided).encode(errors="replace")).hexdigest()[:16] if row.decided else ""


def _reason(call: Call) -> str:
    """Raises RuleViolation console_reason_long."""
    text = "".join(c for c in call.form.get("reason", "") if c == "\n" or c.isprintable()).strip()
    if len(text) > LONGEST_REASON:
        raise RuleViolation("console_reason_long", "reason", longest=LONGEST_REASON)
    return text


def _identifier(call: Call, code: str) -> str:
    found = call.params["id"]
    if not _ID.fullmatch(found):
        raise RuleViolation(code, "id", id=found[:32])
    return found


def _nothing(call: Call) -> Response:  # noqa: ARG001 - as every page
    raise RuleViolation("console_page_unknown")
