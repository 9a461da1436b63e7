"""Refusals and faults as HTTP answers: a status, and the code with its sentence."""

import logging
import re
import traceback
from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import OperationalError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.sentences import say

STATUS = {
    "bundle_malformed": 400, "upload_misplaced": 400, "header_malformed": 400, "bundle_not_signed": 401,
    "ask_refused": 401, "ask_out_of_time": 401, "bundle_of_other_library": 403, "desk_unknown": 403,
    "desk_withdrawn": 403, "upload_unknown": 404, "upload_part_unknown": 404, "not_published": 404,
    "upload_differs": 409, "upload_offset_differs": 409, "upload_incomplete": 409, "upload_superseded": 409,
    "upload_too_long": 413, "bundle_newer": 422, "bundle_recipients": 422, "upload_part_differs": 422,
    "too_many_requests": 429, "body_too_slow": 408, "spool_full": 507}
COSE = 'application/cose; cose-type="cose-sign1"'
LATER = 5
"""Seconds after which a fault of ours may be over."""
_DESK = re.compile("[0-9a-f]{32}")


def refuse(request: Request, fault: Exception) -> Response:
    """For Starlette's table of exceptions. A body that was not read is not waited for: the connection ends."""
    code, status, detail = _described(fault)
    language = "zh_CN" if request.headers.get("accept-language", "").strip().lower().startswith("zh") else "en"
    headers = {"Connection": "close"} if request.method in ("PUT", "POST") else {}
    if status in (429, 503, 507):
        headers["Retry-After"] = str(detail.get("seconds", LATER))
    if code == "upload_offset_differs":
        headers["Upload-Offset"] = str(detail["here"])
    return JSONResponse({"error": code, "message": say(code, language, **detail)}, status, headers)


def gone(request: Request, fault: Exception) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Nobody is there to read it."""
    return Response(status_code=400, headers={"Connection": "close"})


REFUSALS = {RuleViolation: refuse, EnvironmentFault: refuse, OperationalError: refuse, ClientDisconnect: gone,
            Exception: refuse}


def log_defect(where: str, fault: BaseException) -> None:
    """Without the fault's own words: a database's have the values of a row in them."""
    steps = "".join(traceback.format_tb(fault.__traceback__))
    logging.getLogger("talent-library").error("%s: %s\n%s", where, type(fault).__name__, steps)


def identifier(request: Request, name: str) -> Id:
    """Raises RuleViolation upload_unknown for what is no id."""
    found: str = request.path_params[name]
    if not _DESK.fullmatch(found):
        raise RuleViolation("upload_unknown")
    return found


def whole_number(text: str, name: str, most: int = 1 << 53) -> int:
    """Raises RuleViolation header_malformed."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most):
        raise RuleViolation("header_malformed", name=name)
    return int(text)


def _described(fault: Exception) -> tuple[str, int, Mapping[str, Any]]:
    if isinstance(fault, RuleViolation):
        return fault.code, STATUS.get(fault.code, 403), fault.detail
    if isinstance(fault, EnvironmentFault):
        return fault.code, STATUS.get(fault.code, 503), fault.detail
    if isinstance(fault, OperationalError):
        return "library_database_fault", 503, {"reason": "-"}  # what the server says is not for strangers
    return "library_defect", 500, {}
