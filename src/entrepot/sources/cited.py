"""Sources that a data file of ours cites: read from its `[[source]]` blocks, and as rows of the register."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.core.toml_block import Block

URL_BASES = ("seen", "cited", "rebuilt", "normalised", "replaced", "none")
SOURCE_KINDS = ("original", "syndicated", "clone", "none")
_ID = re.compile(r"^s-[a-z0-9-]+$")


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source of a data file; `url` is empty where no address is fit to cite."""

    id: str
    publisher: str
    title: str
    url: str
    url_basis: str
    source_kind: str
    published: str | None
    licence: str


def cited_source(block: Block) -> CitedSource:
    """One `[[source]]` block.

    Raises:
        UnreadableFileError: names the file and the key.
    """
    source = CitedSource(
        id=block.matching("id", _ID, "s- and words in small letters joined by hyphens"),
        publisher=block.text("publisher"),
        title=block.text("title"),
        url=block.text("url", ""),
        url_basis=block.one_of("url_basis", URL_BASES),
        source_kind=block.one_of("source_kind", SOURCE_KINDS),
        published=block.day("published"),
        licence=block.text("licence", ""),
    )
    block.done()
    if source.url and not re.match(r"^https?://[^\s]+$", source.url):
        raise block.broken("url", source.url, tr("an address that starts with http:// or https://"))
    if bool(source.url) == (source.url_basis == "none"):
        raise block.broken("url_basis", source.url_basis, tr('url_basis = "none" exactly where url is empty'))
    if source.source_kind == "clone" and source.url:
        raise block.broken("url", source.url, tr("no url: a clone has no address fit to cite"))
    return source


def register_rows(cited: Iterable[CitedSource]) -> list[dict[str, str | None]]:
    """The sources as rows of the register, each once, in order of id.

    Keys: source_id, publisher, title, url, url_basis, source_kind, published, licence, retrieved, sha256.
    `retrieved` and `sha256` are empty: the files cite addresses, they keep no copies.
    """
    found = {s.id: s for s in cited}
    return [
        {
            "source_id": s.id,
            "publisher": s.publisher,
            "title": s.title or None,
            "url": s.url or None,
            "url_basis": s.url_basis,
            "source_kind": s.source_kind,
            "published": s.published,
            "licence": s.licence or None,
            "retrieved": None,
            "sha256": None,
        }
        for _, s in sorted(found.items())
    ]
