"""A form that somebody sent: bounded in bytes and in time."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from appraisal.domain.errors import EnvironmentFault, RuleViolation

LONGEST_FORM = 64 << 10
PATIENCE = 10.0
"""Seconds for a form to come."""


async def read_form(request: Request) -> Mapping[str, str]:
    """Raises RuleViolation console_form_long, console_form_foreign; EnvironmentFault console_form_slow."""
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            async for block in request.stream():
                body += block
                if len(body) > LONGEST_FORM:
                    raise RuleViolation("console_form_long")
    except TimeoutError as fault:
        raise EnvironmentFault("console_form_slow") from fault
    try:
        pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True, errors="replace", max_num_fields=20)
    except ValueError as fault:
        raise RuleViolation("console_form_foreign") from fault
    return {name: value.replace("\r\n", "\n") for name, value in pairs}
