"""What a page says of what was done, carried by an address: shown only where this server wrote it."""

from __future__ import annotations

import hmac
import json
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of this process: what it says is read by the request that follows at once, and by no server after it.
_KEY = secrets.token_bytes(32)


def notice_sign(told: Sequence[str], *of: str) -> str:
    """What stands beside sentences in an address, so that nobody else can put words there.

    Args:
        told: the sentences.
        of: what they are said of, as the page knows it.
    """
    return hmac.new(_KEY, json.dumps([*told, list(of)]).encode(), "sha256").hexdigest()


def notice_said(told: Sequence[str], sign: str, *of: str) -> tuple[str, ...]:
    """The sentences of an address; none where this server did not write them of the same thing.

    Args:
        told: the sentences.
        sign: what stands beside them.
        of: what the page is of.
    """
    is_own = hmac.compare_digest(notice_sign(told, *of).encode(), sign.encode())
    return tuple(told) if is_own else ()
