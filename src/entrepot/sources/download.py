"""Fetching a file from its publisher: whole or not at all, within limits, and only over https.

Nothing here knows what the file is. See docs/design/11-fetching.md.
"""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from entrepot import __version__
from entrepot.core.errors import FailedFetchError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import httpx

    Progress = Callable[[int, int | None], None]

_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_DIGITS = re.compile(r"\d{1,15}", re.ASCII)
_AGAIN = frozenset({429, 500, 502, 503, 504})  # answers of a server that may do better a little later
_NOT_MODIFIED, _OK = 304, 200  # RFC 9110, 15
_REDIRECTS = 5  # one after the other; as many as RFC 2068, 10.3 allows
_CHUNK = 64 * 1024  # bytes between two looks at size and time


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a fetch may take.

    Attributes:
        size: bytes of the file, unpacked.
        seconds: of the whole fetch, waiting included.
        quiet: seconds without a byte.
        attempts: tries, the first included.
        pause: seconds before the second try; doubled for each that follows.
        sleep: how to wait.
    """

    size: int = 300 * 1024 * 1024
    seconds: float = 900
    quiet: float = 30
    attempts: int = 4
    pause: float = 1
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a file, given back to it to learn whether the file has changed."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request; empty where the server said nothing."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value.isascii() and value.isprintable() and value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched.

    Attributes:
        url: the address asked.
        changed: False where the server says that the file is the one known; then all that follows is empty.
        size: bytes written.
        sha256: of the bytes written.
        validators: what the server said of it.
        sent_on: the day of its Last-Modified, YYYY-MM-DD; empty where the server gives none.
        retrieved: when, UTC.
    """

    url: str
    changed: bool
    size: int = 0
    sha256: str = ""
    validators: Validators = field(default_factory=Validators)
    sent_on: str = ""
    retrieved: str = ""


@runtime_checkable
class TellsWaits(Protocol):
    """What is told of progress, and of waiting too."""

    def waits(self, why: str, seconds: float) -> None:
        """Told before a fetch waits.

        Args:
            why: what went wrong.
            seconds: how long it waits before it asks again.
        """


class _AgainError(Exception):
    """A failure that may pass; its argument says what it was."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.wait = wait  # seconds that the server asks for
        super().__init__(reason)


def fetch(
    url: str,
    target: Path,
    *,
    known: Validators | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Write the file at an address to `target`, whole or not at all.

    Args:
        url: https; http only on this machine.
        target: where to; its folder exists.
        known: what the server said of the file that is held already.
        limits: how much it may take.
        progress: told (bytes so far, bytes in all or None); before a wait too, where it `TellsWaits`.

    Raises:
        FailedFetchError: not https, a certificate that is not trusted,
            no answer, an answer cut short or too large, or the server refuses.
    """
    import httpx

    from entrepot.sources.guarded_network import distrust

    limits = limits or Limits()
    end, pause = time.monotonic() + limits.seconds, limits.pause
    with client_for(url, limits, end) as client:
        for left in range(limits.attempts - 1, -1, -1):
            try:
                return _once(client, (url, target), known or Validators(), limits, progress, end)
            except (httpx.TransportError, _AgainError) as exc:
                if distrust(exc):  # to ask again would change nothing
                    raise failed(url, exc) from exc
                wait = max(pause, getattr(exc, "wait", None) or 0)
                if not left or time.monotonic() + wait > end:
                    raise _given_up(url, exc, wait, limits.attempts - left) from exc
                _tell_wait(progress, _reason(exc), wait)
                limits.sleep(wait)
                pause *= 2
            except httpx.HTTPError as exc:
                raise failed(url, exc) from exc
            except OSError as exc:
                raise FailedFetchError(url, tr("cannot be written ({strerror})", strerror=exc.strerror)) from exc
            finally:
                _part(target).unlink(missing_ok=True)
    raise AssertionError


def _tell_wait(progress: object, why: str, seconds: float) -> None:
    if isinstance(progress, TellsWaits):
        progress.waits(why, seconds)


def client_for(url: str, limits: Limits, end: float, *, schemes: Sequence[str] = ("https",)) -> httpx.Client:
    """A client that refuses, at every hop, what is not https; only this machine may lead to this machine.

    Args:
        url: the address asked.
        limits: how much it may take.
        end: when it must be over, by `time.monotonic`.
        schemes: what is allowed beside http on this machine.

    Raises:
        FailedFetchError: what is no address, or not one that is fetched.
    """
    import httpx

    from entrepot.sources.guarded_network import Guard, guard, trusted

    try:
        local = _is_loopback(httpx.URL(url))
    except (httpx.InvalidURL, ValueError) as exc:
        raise FailedFetchError(url, tr("not an address ({exc})", exc=exc), allowed="https://") from exc

    def check(request: httpx.Request) -> None:
        scheme = request.url.scheme
        if scheme not in schemes and not (local and scheme == "http" and _is_loopback(request.url)):
            raise FailedFetchError(str(request.url), tr("not an address that is fetched"), allowed="https://")
        if not local and _is_loopback(request.url):
            raise FailedFetchError(
                str(request.url), tr("{url} leads to this machine", url=url), allowed=tr("a public address")
            )

    if httpx.URL(url).userinfo:
        raise FailedFetchError(url, tr("credentials stand in the address"), allowed=tr("an address without them"))
    if httpx.URL(url).scheme not in {"https", "http"} or not httpx.URL(url).host:
        raise FailedFetchError(url, tr("not an address that is fetched"), allowed="https://")
    client = httpx.Client(
        follow_redirects=True,
        max_redirects=_REDIRECTS,
        timeout=limits.quiet,
        # Not packed in transit: the length that the server gives is then that of the file.
        headers={"User-Agent": f"entrepot/{__version__}", "Accept-Encoding": "identity"},
        event_hooks={"request": [check]},
        trust_env=not local,
        verify=trusted(url),
    )
    guard(client, Guard(url, end, limits.seconds, is_local=local))
    return client


def _is_loopback(url: httpx.URL) -> bool:
    return bool(_LOOPBACK.fullmatch(url.host))


def _once(  # noqa: PLR0913, PLR0917 - one try of `fetch`, with all that it was given
    client: httpx.Client,
    what: tuple[str, Path],
    known: Validators,
    limits: Limits,
    progress: Progress | None,
    end: float,
) -> Fetched:
    url, target = what
    with client.stream("GET", url, headers=known.headers()) as response:
        if response.status_code == _NOT_MODIFIED and known.headers():
            return Fetched(url, changed=False)
        _refuse(url, target, response)
        digest, size = hashlib.sha256(), 0
        total = _length(response)
        if total is not None and total > limits.size:
            raise _too_large(url, limits)
        with _part(target).open("wb") as part:
            for chunk in _chunks(response):
                size += len(chunk)
                if size > limits.size:
                    raise _too_large(url, limits)
                if time.monotonic() > end:
                    raise FailedFetchError(
                        url,
                        tr(
                            "not whole after {seconds:g} seconds ({size:,} bytes came)",
                            seconds=limits.seconds,
                            size=size,
                        ),
                    )
                digest.update(chunk)
                part.write(chunk)
                if progress:
                    progress(size, total)
        if total is not None and response.num_bytes_downloaded != total:
            raise _AgainError(
                tr(
                    "{num_bytes_downloaded:,} bytes came, where the server announced {total:,}",
                    num_bytes_downloaded=response.num_bytes_downloaded,
                    total=total,
                )
            )
        if not size:
            raise _AgainError(tr("an empty answer"))
        _part(target).replace(target)
        said = Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Fetched(url, True, size, digest.hexdigest(), said, _day(said.last_modified), now)


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _chunks(response: httpx.Response) -> Iterator[bytes]:
    """The body in pieces; a packed body that will not unpack is an answer like another, worth a second try."""
    import httpx

    try:
        yield from response.iter_bytes(_CHUNK)
    except httpx.DecodingError as exc:
        raise _AgainError(tr("the answer does not unpack ({exc})", exc=exc)) from exc


def _refuse(url: str, target: Path, response: httpx.Response) -> None:
    status = response.status_code
    said = tr(
        "the server answers {status} {reason_phrase}", status=status, reason_phrase=response.reason_phrase
    ).rstrip()
    if status in _AGAIN:
        raise _AgainError(said, _retry_after(response.headers.get("Retry-After", "")))
    if status != _OK:
        raise FailedFetchError(url, said)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "text/html" and target.suffix.lower() not in {".html", ".htm"}:
        raise FailedFetchError(url, tr("the server sends a web page in place of {name}", name=target.name))


def _length(response: httpx.Response) -> int | None:
    text = response.headers.get("Content-Length", "")
    return int(text) if _DIGITS.fullmatch(text) else None


def _retry_after(text: str) -> float | None:
    """Seconds that a server asks to wait: a number, or a date."""
    if _DIGITS.fullmatch(text):
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())


def _day(last_modified: str) -> str:
    try:
        return parsedate_to_datetime(last_modified).date().isoformat()
    except ValueError:
        return ""


def _too_large(url: str, limits: Limits) -> FailedFetchError:
    return FailedFetchError(url, tr("larger than {size:,.0f} MB", size=limits.size / 1024**2))


def _given_up(url: str, exc: Exception, wait: float, tried: int) -> FailedFetchError:
    times = tr("{tried} attempts", tried=tried) if tried > 1 else "1 attempt"
    asked = getattr(exc, "wait", None)
    later = tr("; it asks to wait {wait:,.0f} seconds", wait=wait) if asked else ""
    return FailedFetchError(url, f"{_reason(exc)} ({times}){later}")


def failed(url: str, exc: Exception) -> FailedFetchError:
    """What went wrong on the way, in words."""
    from entrepot.sources.guarded_network import distrust, not_trusted

    if why := distrust(exc):
        return not_trusted(url, why)
    return FailedFetchError(url, _reason(exc))


def _reason(exc: Exception) -> str:
    import httpx

    match exc:
        case httpx.ConnectTimeout() | httpx.ReadTimeout():
            return tr("no answer in time")
        case httpx.ConnectError():
            return tr("no connection ({exc})", exc=exc)
        case httpx.RemoteProtocolError() | httpx.ReadError():
            return tr("the connection broke off ({exc})", exc=exc) if str(exc) else tr("the connection broke off")
        case httpx.TooManyRedirects():
            return tr("it leads on and on")
    return str(exc) or type(exc).__name__
