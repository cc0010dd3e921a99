"""Asking an authority for a time stamp (RFC 3161, 3.4): one request over the network, guarded as a fetch is.

Nothing here knows what is stamped: a request goes out, bytes come back. See docs/design/32-time-stamps.md.
"""

from __future__ import annotations

import time

from entrepot.core.errors import FailedFetchError
from entrepot.core.timestamp.token import MOST_BYTES
from entrepot.core.words.translate import tr
from entrepot.sources.download import Limits, client_for, failed

LIMITS = Limits(size=MOST_BYTES, seconds=60, attempts=1)  # authorities answer in a second or two
_OK = 200  # RFC 9110, 15
_QUERY = "application/timestamp-query"


def answered(url: str, request: bytes, limits: Limits = LIMITS) -> bytes:
    """What an authority answers to a request.

    Args:
        url: https or http, without user and password; this machine only where it is named.
        request: the request, DER.
        limits: how much it may take.

    Raises:
        FailedFetchError: no answer, one that is too large, or a refusal.
    """
    import httpx

    end = time.monotonic() + limits.seconds
    try:
        with (
            client_for(url, limits, end, schemes=("https", "http")) as client,
            client.stream("POST", url, content=request, headers={"Content-Type": _QUERY}) as response,
        ):
            if response.status_code != _OK:
                raise FailedFetchError(
                    url,
                    tr(
                        "the authority answers {status_code} {reason_phrase}",
                        status_code=response.status_code,
                        reason_phrase=response.reason_phrase,
                    ),
                )
            came = bytearray()
            for chunk in response.iter_bytes():
                came += chunk
                if len(came) > limits.size:
                    raise FailedFetchError(url, tr("larger than {size:,.0f} MB", size=limits.size / 1024**2))
            return bytes(came)
    except httpx.HTTPError as exc:
        raise failed(url, exc) from exc
