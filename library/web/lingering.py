"""Reads on for a while before it refuses: who closes a connection with unread bytes in it resets it, and the sender
never learns why."""

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST, SECONDS = 1 << 20, 1.0


class Lingering:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ended = (b"expect", b"100-continue") in scope["headers"]  # then the body comes only to who asks for it

        async def hear() -> Message:
            nonlocal ended
            message = await receive()
            ended = not message.get("more_body", False)
            return message

        async def drain() -> None:
            left = MOST
            while not ended and left > 0:
                left -= len((await hear()).get("body", b""))

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= 400:
                with suppress(TimeoutError):
                    await asyncio.wait_for(drain(), SECONDS)
            await send(message)

        await self._app(scope, hear, tell)
