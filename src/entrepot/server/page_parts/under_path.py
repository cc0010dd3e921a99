"""A server below a path of a name that it shares: https://tools.example.org/desk/.

Pages, redirects and cookies name addresses from the root on, and no page need know where it lies: what leaves the
server is given the path, in one place. A proxy may leave the path on or take it off; both are understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Attributes of a page that hold an address from the root on. What is put into a page has its quotes escaped.
_ADDRESS = re.compile(rb'((?<=[\s])(?:href|src|action|formaction|xlink:href)=")(?=/(?!/))')


def without_path(scope: Scope, path: str) -> None:
    """Take the path off the address of a request, where it stands there."""
    asked = scope["path"]
    if path and (asked == path or asked.startswith(f"{path}/")):
        scope["path"] = asked[len(path) :] or "/"


def rooted(app: ASGIApp, path: str) -> ASGIApp:
    """The application as it lies below the path, as ASGI says it: `root_path` is a part of `path`."""

    async def below(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["root_path"], scope["path"] = path, path + scope["path"]  # what the router notes is read outside
        await app(scope, receive, send)

    return below if path else app


def with_path(send: Send, path: str) -> Send:
    """What sends an answer whose addresses have the path before them."""
    if not path:
        return send
    start: Message | None = None
    is_page = False

    async def sent(message: Message) -> None:
        nonlocal start, is_page
        if message["type"] == "http.response.start":
            message = {**message, "headers": [_header(k, v, path) for k, v in message["headers"]]}
            is_page = _is_page(message)
            if is_page and _has_length(message):
                start = message  # its length is not known yet
                return
        elif is_page:  # one that is begun comes in parts, of which each ends behind a tag
            begun, start = start, None
            message = {**message, "body": _ADDRESS.sub(rb"\g<1>" + path.encode(), message.get("body", b""))}
            if begun is not None:
                await send({**begun, "headers": [_length(k, v, len(message["body"])) for k, v in begun["headers"]]})
        await send(message)

    return sent


def _header(name: bytes, value: bytes, path: str) -> tuple[bytes, bytes]:
    is_own = name.lower() == b"location" and value.startswith(b"/") and not value.startswith(b"//")
    return name, path.encode() + value if is_own else value


def _length(name: bytes, value: bytes, length: int) -> tuple[bytes, bytes]:
    return name, str(length).encode() if name.lower() == b"content-length" else value


def _is_page(message: Message) -> bool:
    """Whether an answer is a page of ours; a file that is taken home is none."""
    heads = {k.lower(): v for k, v in message["headers"]}
    return heads.get(b"content-type", b"").startswith(b"text/html") and b"content-disposition" not in heads


def _has_length(message: Message) -> bool:
    return any(k.lower() == b"content-length" for k, _ in message["headers"])
