"""What a fetch may reach, whom it trusts, and how long it may take: judged at each connection and at each read.

An address is judged by the numbers that it resolves to, and it is those that are connected to: a name that leads to
this machine, to the network around it or to a cloud's own services is refused, however it is written (127.1, 0.0.0.0,
[::ffff:127.0.0.1], 169.254.169.254, a public name that resolves there). See docs/design/11-fetching.md.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import time
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, cast

import httpcore

from entrepot.core.errors import FailedFetchError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import httpx


# All that is given out of IPv6 (IANA). Python calls more of it global: addresses of a site (fec0::/10), of a translator
# (::ffff:0:0:0/96).
_GIVEN_OUT = ipaddress.ip_network("2000::/3")

# As OpenSSL and most programs call them: a file and folders of certificates in place of the public ones.
CERTIFICATES = FILE, FOLDERS = "SSL_CERT_FILE", "SSL_CERT_DIR"


class _Stream(httpcore.NetworkStream):
    """A connection of which no read or write outlasts the whole fetch."""

    def __init__(self, inner: httpcore.NetworkStream, guard: Guard) -> None:
        self._inner, self._guard = inner, guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._guard.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._guard.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._guard.left(timeout)), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Guard(httpcore.NetworkBackend):
    """Connects where that is allowed, and while there is time.

    Attributes:
        url: what is fetched, for a message.
        end: when the fetch ends, by `time.monotonic`.
        seconds: how long that is, for a message.
        is_local: whether only this machine may be reached, else only what is public.
        is_proxied: whether connections go to the user's own proxy, which is then what judges.
    """

    def __init__(self, url: str, end: float, seconds: float, *, is_local: bool, is_proxied: bool = False) -> None:
        self.url, self.end, self.seconds = url, end, seconds
        self.is_local, self.is_proxied = is_local, is_proxied
        self._inner = httpcore.SyncBackend()

    def left(self, timeout: float | None) -> float:
        """Seconds that one step may take.

        Raises:
            FailedFetchError: the time is over.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            raise FailedFetchError(self.url, tr("not whole after {seconds:g} seconds", seconds=self.seconds))
        return left if timeout is None else min(left, timeout)

    def connect_tcp(  # noqa: D102 - of httpcore
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        if self.is_proxied:
            found: Sequence[str] = [host]
        else:
            found = self._judged(host, port, timeout)
        wrong: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in found:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self.left(timeout), local_address, cast("Any", socket_options)
                )
                return _Stream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                wrong = wrong or exc
        raise wrong or httpcore.ConnectError(tr("{host} has no address", host=host))

    def _judged(self, host: str, port: int, timeout: float | None) -> list[str]:
        """The addresses of a host, all of which may be reached.

        Raises:
            FailedFetchError: one of them may not.
        """
        try:
            found = _resolved(host.strip("[]"), port, self.left(timeout))
        except (OSError, UnicodeError) as exc:
            raise httpcore.ConnectError(str(exc)) from exc
        numbers = list(dict.fromkeys(str(info[4][0]) for info in found))
        for number in numbers:
            if is_loopback(number) if self.is_local else is_public(number):
                continue
            where = tr("this machine") if is_loopback(number) else tr("a network that is not public")
            raise FailedFetchError(
                self.url,
                tr("{host} leads to {where} ({number})", host=host, where=where, number=number),
                allowed=tr("a public address"),
            )
        return numbers


def _resolved(host: str, port: int, seconds: float) -> list[Any]:
    """What a name leads to. The system's own resolver knows no limit of time: it is asked by a thread, which is left.

    Raises:
        ConnectTimeout: no answer in time.
    """
    answer: SimpleQueue[list[Any] | BaseException] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except BaseException as exc:  # whatever it is, who waits for the answer is told  # noqa: BLE001
            answer.put(exc)

    Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except Empty:
        raise httpcore.ConnectTimeout(tr("no name server answers for {host}", host=host)) from None
    if isinstance(found, BaseException):
        raise found
    return found


def is_public(number: str) -> bool:
    """Whether an address in numbers is of the public internet; an IPv4 one that stands in an IPv6 one counts itself."""
    address = _plain(number)
    if isinstance(address, ipaddress.IPv6Address) and address not in _GIVEN_OUT:
        return False
    return address.is_global and not address.is_multicast


def is_loopback(number: str) -> bool:
    """Whether an address in numbers is of this machine."""
    address = _plain(number)
    return address.is_loopback or address.is_unspecified


def _plain(number: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        return inner or _within(address)
    return address


def _within(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address behind a translator (64:ff9b::/96, RFC 6052) or written at the end of ::/96."""
    whole = int(address)
    if address in ipaddress.ip_network("64:ff9b::/96") or (whole >> 32 == 0 and whole > 1):
        return ipaddress.IPv4Address(whole & 0xFFFFFFFF)
    return address


def guard(client: httpx.Client, backend: Guard) -> None:
    """Have all connections of a client made by a guard; those to a proxy of the user's own are timed and not judged."""
    client._transport._pool._network_backend = backend  # type: ignore[attr-defined]  # noqa: SLF001 - httpx has no door
    proxied = Guard(backend.url, backend.end, backend.seconds, is_local=backend.is_local, is_proxied=True)
    for transport in client._mounts.values():  # noqa: SLF001 - httpx has no door
        if transport is not None:
            transport._pool._network_backend = proxied  # type: ignore[attr-defined]  # noqa: SLF001 - as above


def trusted(url: str) -> ssl.SSLContext:
    """Who may sign a server's certificate: those of SSL_CERT_FILE and SSL_CERT_DIR, else the public authorities.

    Args:
        url: what is fetched, for a message.

    Raises:
        FailedFetchError: a setting names what is not there, or holds no certificate.
    """
    import certifi

    file, folders = (os.environ.get(name, "").strip() for name in CERTIFICATES)
    missing = [part for part in folders.split(os.pathsep) if part and not os.path.isdir(part)]  # noqa: PTH112 - text
    if missing:  # OpenSSL would say nothing, and trust nobody
        raise FailedFetchError(
            url, tr("{setting} names no folder: {found}", setting=FOLDERS, found=missing[0]), remedy=_correct(FOLDERS)
        )
    try:
        return ssl.create_default_context(cafile=file or (None if folders else certifi.where()), capath=folders or None)
    except OSError as exc:  # an SSLError is one
        said = tr("{setting} cannot be read as certificates ({exc})", setting=FILE, exc=exc.strerror or exc)
        raise FailedFetchError(url, f"{said}: {file}", allowed=tr("a file in PEM"), remedy=_correct(FILE)) from exc


def _correct(setting: str) -> str:
    return tr("Correct {setting}.", setting=setting)


def distrust(exc: BaseException | None) -> str:
    """Why the certificate of a server is not trusted, where that is what an error comes from; empty where it is not.

    Args:
        exc: what was raised on the way.
    """
    while exc is not None:
        if isinstance(exc, ssl.SSLCertVerificationError):
            return exc.verify_message or str(exc)
        exc = exc.__cause__ or exc.__context__
    return ""


def not_trusted(url: str, why: str) -> FailedFetchError:
    """That a server's certificate is not trusted, and what to set: asking again would change nothing.

    Args:
        url: what is fetched.
        why: as `distrust` says.
    """
    given = [f"{name}={os.environ[name]}" for name in CERTIFICATES if os.environ.get(name, "").strip()]
    return FailedFetchError(
        url,
        tr("the certificate of the server is not trusted ({why})", why=why),
        allowed=tr("a certificate signed by those of {given}", given=", ".join(given))
        if given
        else tr("a certificate signed by a public authority"),
        remedy=tr(
            "Where your organisation signs what comes from outside, set {file} to the file of its certificates (PEM), "
            "or {folders} to their folder.",
            file=FILE,
            folders=FOLDERS,
        ),
    )
