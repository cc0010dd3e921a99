"""Words outside of every sentence of the catalogue, in a text of a language whose sentences have brackets."""

from __future__ import annotations

import re
from html.parser import HTMLParser

OPEN, CLOSE = "⟦⟧"
# Data on a terminal stand between isolates, which a line that was cut ends.
_APART = re.compile("\u2068[^\u2069\n]*\u2069?")
# What is typed, quoted or counted: commands, options, addresses, ids, quotes.
_TYPED = re.compile(
    r"`[^`]*`|entrepot(?: [a-z-]+)+(?= \[)|'[^'\n]*'|“[^”\n]*”|--[\w-]+(?: [A-Z]+)?|https?://\S+|[\w./-]*[\d/_=:@][\w./:=@-]*"
)
# Two words with nothing but a space between them: one alone may be a name, a unit or a code.
_RUN = re.compile(r"[^\W\d_]{2,}(?:[,;]? [^\W\d_]{2,})+")
_DATA = {"bdi", "code", "q", "blockquote", "cite", "script", "style", "textarea"}
_READ = {"alt", "aria-label", "data-every", "data-head", "data-said", "placeholder", "title"}
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}


def outside(text: str) -> str:
    """The text without the sentences of the catalogue, which may lie in one another."""
    depth, left = 0, []
    for c in text:
        if c == OPEN:
            depth += 1
            left.append("\n" * (depth == 1))
        elif c == CLOSE:
            depth = max(depth - 1, 0)
        elif not depth or c == "\n":
            left.append(c)
    return "".join(left)


def runs(text: str) -> list[str]:
    """The runs of words that are in no sentence of the catalogue and are not typed, quoted or set apart as data."""
    left = _TYPED.sub("\t", outside(_APART.sub("\t", text)))
    return [run for line in re.split(r"[\n\t]| {2,}", left) for run in _RUN.findall(line)]


class _Read(HTMLParser):
    """What of a page is read or heard, but for what it marks as data."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.heard: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def _is_data(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang")
        is_data = tag in _DATA or given.get("translate") == "no" or language == "en"
        is_data = is_data or (self._is_data() and not (language and language != "en"))
        self.heard += [v for k, v in attrs if k in _READ and v and not is_data]
        if tag not in _VOID:
            self._open.append((tag, is_data))
        self.parts.append("\t" if is_data else "")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        self.parts.append("\n" if tag in {"p", "li", "td", "th", "h1", "h2", "h3", "dt", "dd", "text", "tr"} else "")

    def handle_data(self, data: str) -> None:
        if not self._is_data():
            self.parts.append(data)


def runs_of_page(markup: str) -> list[str]:
    """The runs of words of a page, of its texts and of what is heard of it."""
    page = _Read()
    page.feed(markup)
    return [*runs("".join(page.parts)), *(run for said in page.heard for run in runs(said))]
