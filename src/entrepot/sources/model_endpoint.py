"""Asking a language model behind an OpenAI-compatible address: one guarded request, one text back.

Nothing here knows what is asked. The key stands in one header and nowhere else: no error, note or repr has it. See
docs/design/13-claims.md, The optional reader.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, FailedFetchError
from entrepot.core.words.translate import tr
from entrepot.sources.download import Limits, client_for, failed
from entrepot.sources.guarded_network import is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping

# A small model on a plain machine takes some ten seconds for a sentence; an answer is a few hundred bytes.
LIMITS = Limits(size=256 * 1024, seconds=60, quiet=30, attempts=2, pause=1)
PREFIX = "openai-compatible:"
KEY = "ENTREPOT_READER_KEY"
_OK, _UNAUTHORIZED = 200, 401  # RFC 9110, 15
_AGAIN = frozenset({429, 500, 502, 503, 504})  # answers of a server that may do better a little later


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked.

    Attributes:
        url: its base, without `/chat/completions`.
        model: its name; empty: the server's own choice.
        key: sent as a bearer token; empty: none.
        limits: how much one question may take.
    """

    url: str
    model: str
    key: str = field(repr=False)
    limits: Limits

    def ask(self, instructions: str, data: str, schema: Mapping[str, Any], seconds: float) -> str:
        """What the model answers, as text.

        Args:
            instructions: what it is to do; of the tool, never of a report.
            data: what it is to read.
            schema: JSON schema of the answer; a server may pass over it.
            seconds: how long at most.

        Raises:
            FailedFetchError: no answer in time, one that is too large, a refusal, a redirect, or no chat completion.
        """
        shape = {"name": "readings", "strict": True, "schema": dict(schema)}
        body: dict[str, Any] = {
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": data}],
            "temperature": 0,
            "response_format": {"type": "json_schema", "json_schema": shape},
        }
        if self.model:
            body["model"] = self.model
        return _content(self.url, self._posted(json.dumps(body).encode(), min(seconds, self.limits.seconds)))

    def _posted(self, body: bytes, seconds: float) -> bytes:
        import httpx

        end = time.monotonic() + seconds
        for left in range(self.limits.attempts - 1, -1, -1):
            try:
                status, came = self._once(body, end)
            except httpx.HTTPError as exc:
                if not left or not isinstance(exc, httpx.TransportError) or time.monotonic() >= end:
                    raise self._failed(exc) from None  # its chain may hold the request, and that the key
            else:
                if status == _OK:
                    return came
                if status not in _AGAIN or not left:
                    raise FailedFetchError(self.url, _refusal(status))
            if time.monotonic() + self.limits.pause < end:
                self.limits.sleep(self.limits.pause)
        raise AssertionError

    def _failed(self, exc: Exception) -> FailedFetchError:
        """What went wrong; a server that repeats the key in a broken answer has it left out."""
        problem = failed(self.url, exc).problem
        return FailedFetchError(self.url, problem.replace(self.key, "…") if self.key else problem)

    def _once(self, body: bytes, end: float) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        address = f"{self.url}/chat/completions"
        with (
            client_for(address, self.limits, end) as client,
            # The text goes to the address that was said, and to none that it leads to.
            client.stream("POST", address, content=body, headers=headers, follow_redirects=False) as response,
        ):
            came = bytearray()
            for chunk in response.iter_bytes():
                came += chunk
                if len(came) > self.limits.size:
                    raise FailedFetchError(self.url, tr("an answer that is too long"))
            return response.status_code, bytes(came)


def endpoint(said: str, model: str | None, key: str) -> Endpoint:
    """Where a model is asked, from `openai-compatible:URL`.

    Args:
        said: as a person gives it.
        model: its name; None: the server's own choice.
        key: of the environment; empty: none.

    Raises:
        BadInputError: another kind of reader, plain http to another machine, or a key that no header can carry.
        FailedFetchError: no address.
    """
    import httpx

    if not said.startswith(PREFIX):
        raise BadInputError(
            tr("reader {said!r} is of no kind that is known", said=said.partition(":")[0]),
            allowed="openai-compatible:URL",
        )
    url = said.removeprefix(PREFIX).rstrip("/")
    client_for(url, LIMITS, time.monotonic() + LIMITS.seconds).close()
    parts = httpx.URL(url)
    if parts.scheme != "https" and not _is_local(parts.host):
        raise FailedFetchError(
            url,
            tr("plain http would send the report's text open for all to read"),
            allowed=tr("https, and http for this machine alone"),
        )
    if parts.query or parts.fragment:
        raise BadInputError(
            tr("the address of the reader ends in a query"),
            allowed=tr("the base of the address, as https://host/v1"),
            remedy=tr("A key is given in {name} alone.", name=KEY),
        )
    if not all("!" <= c <= "~" for c in key):
        raise BadInputError(
            tr("{name} has a character that no key has", name=KEY), remedy=tr("Give it without blanks and quotes.")
        )
    return Endpoint(url, model or "", key, LIMITS)


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or is_loopback(host)
    except ValueError:  # a name
        return False


def _refusal(status: int) -> str:
    """A refusal by its number: the words of a server may repeat the key."""
    if status == _UNAUTHORIZED:
        return tr("the reader answers {status}: it asks for a key in {name}", status=status, name=KEY)
    return tr("the reader answers {status}", status=status)


def _content(url: str, came: bytes) -> str:
    try:
        content = json.loads(came)["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        content = None
    if not isinstance(content, str):
        raise FailedFetchError(url, tr("what came is no chat completion"))
    return content
