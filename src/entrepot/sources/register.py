"""Look up a source in the register, cite it as text, and link to it where there is an address to cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

# Kinds whose address, if one were ever entered, must still not be shown as a link.
UNLINKED = ("clone", "none")


def by_id(register: pa.Table) -> dict[str, dict[str, Any]]:
    """The register as a mapping from `source_id` to its row."""
    return {row["source_id"]: row for row in register.to_pylist()}


def source(register: pa.Table, source_id: str) -> dict[str, Any]:
    """The row of one source.

    Raises:
        UnknownNameError: no such source.
    """
    rows = by_id(register)
    if source_id not in rows:
        raise UnknownNameError(tr("source"), source_id, rows)
    return rows[source_id]


def unregistered(source_id: str) -> dict[str, Any]:
    """A row in the shape of the register for a file of the person's own: it has a name, and no address to cite."""
    return {
        "source_id": source_id,
        "publisher": source_id,
        "title": tr("a file of your own, registered nowhere"),
        "url_basis": "none",
        "source_kind": "none",
    }


def citation(source: Mapping[str, Any]) -> str:
    """The source as a reader cites it: `Ember, China solar exports dataset, monthly (CC BY 4.0)`.

    Args:
        source: a row of the register.
    """
    parts = [source["publisher"], source.get("title"), source.get("published")]
    text = ", ".join(p for p in parts if p)
    return f"{text} ({source['licence']})" if source.get("licence") else text


def link(source: Mapping[str, Any]) -> str | None:
    """The address to link to; None for a clone, for a name only, and where no address is known.

    Args:
        source: a row of the register.
    """
    url = source.get("url")
    if source.get("source_kind") in UNLINKED or source.get("url_basis") == "none" or not url:
        return None
    return str(url) if str(url).startswith(("https://", "http://")) else None
