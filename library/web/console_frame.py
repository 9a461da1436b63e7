"""What every page of the console goes through (docs/decisions/officers-console.md)."""

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.exc import OperationalError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.sentences import LANGUAGES
from library.officers import officers
from library.opening import Library
from library.web.answers import STATUS, log_defect
from library.web.console_pages import HEADERS, LANGUAGE_COOKIE, Pages, language_of
from library.web.console_sessions import Session, Sessions, require_token
from library.web.forms import read_form

ROOT, SIGN_IN = "/console", "/console/sign-in"
COOKIE = "console-session"
SWEEP = 60.0
_STATUS = STATUS | {
    "question_unknown": 404, "desk_unknown": 404, "console_page_unknown": 404, "console_form_slow": 408,
    "question_decided": 409, "console_decided_meanwhile": 409, "desk_not_held": 409, "fork_side_in_force": 409,
    "key_in_use": 409, "console_form_long": 413, "question_choice": 422, "question_reason_missing": 422,
    "console_reason_long": 422, "console_truth_missing": 422, "fork_side_not_named": 422}


@dataclass(frozen=True, slots=True)
class Call:
    """A request, read."""

    language: str
    path: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    address: str
    token: str
    session: Session | None

    @property
    def signed_in(self) -> Session:
        assert self.session is not None
        return self.session


Work = Callable[[Call], Response]
"""Runs in a thread of the console's own."""


class Frame:
    """TLS, language, session, token, headers, refusals as pages.

    `secure`: the console is reached over TLS, ours or a proxy's; without it, over loopback only."""

    def __init__(self, library: Library, secure: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.library, self.secure, self.clock = library, secure, clock
        self.pages, self.sessions = Pages(), Sessions(clock)
        self._pool = ThreadPoolExecutor(2, "console")
        """Apart from the threads that take uploads in: who tries passphrases here slows no desk."""
        self._sweeping = False

    def route(self, path: str, work: Work, *methods: str, public: bool = False) -> Route:
        async def endpoint(request: Request) -> Response:
            answer = await self._answer(request, work, public)
            answer.headers.update(HEADERS)
            return answer

        return Route(ROOT + path, endpoint, methods=list(methods or ("GET",)))

    def show(self, call: Call, template: str, status: int = 200, **values: Any) -> Response:
        return self.pages.page(template, call.language, status, path=call.path, query=call.query,
                               session=call.session, **values)

    def refuse(self, call: Call, template: str, fault: RuleViolation, **values: Any) -> Response:
        """The page again, with what was wrong."""
        return self.show(call, template, status_of(fault), wrong=(fault.code, fault.detail), **values)

    def keep(self, answer: Response, name: str, value: str, age: int | None = None) -> Response:
        answer.set_cookie(name, value, max_age=age, path=ROOT, secure=self.secure, httponly=True, samesite="strict")
        return answer

    async def _answer(self, request: Request, work: Work, public: bool) -> Response:
        language = language_of(request)
        try:
            self._require_tls(request)
            wish = request.query_params.get("language")
            if wish in LANGUAGES and request.method == "GET":
                return self._change_language(request, wish)
            call = await self._read(request, language, public)
            if call.session is None and not public:
                return _to_sign_in(request)
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, work, call)
        except ClientDisconnect:
            raise
        except (RuleViolation, EnvironmentFault) as fault:
            return self._refusal(language, fault.code, status_of(fault), fault.detail)
        except OperationalError:
            return self._refusal(language, "library_database_fault", 503, {"reason": "-"})
        except Exception as fault:  # noqa: BLE001 - the person gets a page, the log the place
            log_defect("a page of the console ended in a defect", fault)
            return self._refusal(language, "library_defect", 500, {})
        finally:
            self._sweep_later()

    def _require_tls(self, request: Request) -> None:
        """A proxy says what came to it; what comes past the proxy is plain."""
        if self.secure and request.url.scheme != "https":
            raise RuleViolation("console_needs_tls")

    def _run(self, work: Work, call: Call) -> Response:
        if call.session is not None:
            self._require_officer(call)
        return work(call)

    def _require_officer(self, call: Call) -> None:
        """Somebody withdrawn since they signed in decides nothing more."""
        with self.library.engine.begin() as connection:
            here = {one.name for one in officers(connection) if one.withdrawn_at is None}
        if call.signed_in.officer.name not in here:
            self.sessions.end(call.token)
            raise RuleViolation("officer_withdrawn", "name", name=call.signed_in.officer.name)

    async def _read(self, request: Request, language: str, public: bool) -> Call:
        """Whoever signs in, signed in already or not, has no token yet: `public`."""
        form: Mapping[str, str] = {}
        token = request.cookies.get(COOKIE, "")
        if request.method == "POST":
            if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
                raise RuleViolation("console_form_foreign")
            form = await read_form(request)
        session = self.sessions.find(token) if token else None
        if session is not None and request.method == "POST" and not public:
            require_token(session, form.get("csrf", ""))
        return Call(language, request.url.path, request.path_params, request.query_params, form,
                    request.client.host if request.client else "", token, session)

    def _change_language(self, request: Request, wish: str) -> Response:
        rest = urlencode([one for one in request.query_params.multi_items() if one[0] != "language"])
        answer = RedirectResponse(request.url.path + (f"?{rest}" if rest else ""), 303)
        return self.keep(answer, LANGUAGE_COOKIE, wish, 365 * 86_400)

    def _refusal(self, language: str, code: str, status: int, detail: Mapping[str, Any]) -> Response:
        answer = self.pages.page("refused.html", language, status, path=ROOT, query={}, session=None,
                                 wrong=(code, detail))
        if status in (408, 413):
            answer.headers["Connection"] = "close"
        return answer

    def _sweep_later(self) -> None:
        """An officer's key does not wait in memory for somebody's next request."""
        if not self._sweeping and self.sessions.sweep():
            self._sweeping = True
            asyncio.get_running_loop().call_later(SWEEP, self._sweep)

    def _sweep(self) -> None:
        self._sweeping = False
        self._sweep_later()


def status_of(fault: RuleViolation | EnvironmentFault) -> int:
    return _STATUS.get(fault.code, 403 if isinstance(fault, RuleViolation) else 503)


def _to_sign_in(request: Request) -> Response:
    """Back to the page afterwards; a form has to be filled in again."""
    ended = {"ended": "1"} if request.cookies.get(COOKIE) else {}
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'next': request.url.path} | ended)}", 303)
