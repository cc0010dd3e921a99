"""Entries of the lists that ship with the record, as their profiles say them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr
from entrepot.lists.profiles.statements import Statement
from entrepot.sources.contract import TABLES
from entrepot.sources.register import by_id, citation, link
from entrepot.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from entrepot.lists.in_force import Listings

Row = dict[str, Any]
Made = tuple[str, str, str, str, str, tuple[Statement, ...]]
# Columns of LISTINGS that say something of the party -> what it is.
_SAID = {
    "kind": "kind",
    "section": "section",
    "programme": "programme",
    "valid_from": marked("listed since"),
    "valid_to": marked("listed until"),
    "notice": "notice",
    "announced": "announced",
    "subsidiary_of": "linked_to",
    "sector": "sector",
    "province": "address",
    "country": "country",
    "product": "goods",
    "note": "remark",
}
_WHAT = {"alias": "alias", "former_name": marked("former name"), "name": "name"}
_BASIS = {
    "probable": marked("probable: paired with the listing by pinyin only"),
    "paired_by_name": marked("paired by name"),
}


def of_the_record(entities: Collection[str], data: Listings) -> list[Made]:
    """What the record says of entries of its lists, in the fields of a profile; those it does not hold are left out.

    Args:
        entities: the entries.
        data: the lists of the record.
    """
    rows = [r for r in data.listings.to_pylist() if r["entity_id"] in entities]
    names = [r for r in data.membership.to_pylist() if r["entity_id"] in entities]
    known = _register() | {str(s["source_id"]): dict(s) for s in data.sources} if data.sources else _register()
    return [_made(r, [n for n in names if n["entity_id"] == r["entity_id"]], known) for r in rows]


@cache
def _register() -> dict[str, Row]:
    return by_id(read_table(TABLES[0]))


def _made(row: Row, history: list[Row], known: Mapping[str, Row]) -> Made:
    statements = [Statement("name", row["name"])]
    if row["name_zh"]:
        statements.append(Statement(tr("Chinese name"), row["name_zh"], _BASIS.get(row["name_zh_basis"] or "", "")))
    for column, what in _SAID.items():
        value = row[column]
        statements += [Statement(what, v) for v in (value if isinstance(value, list) else [value]) if v]
    for one in history:
        if one["what"] in _WHAT and one["value"] and one["value"] != row["name"]:
            until = tr(" to {valid_to}", valid_to=one["valid_to"]) if one["valid_to"] else ""
            statements.append(
                Statement(
                    _WHAT[one["what"]],
                    one["value"],
                    tr("from {valid_from}{until}", valid_from=one["valid_from"], until=until),
                )
            )
    statements += _sources(row, known)
    newest = max([row["valid_from"], *(h["valid_from"] for h in history if h["valid_from"])])
    return row["entity_id"], row["list_id"], row["name"], newest, "", tuple(statements)


def _sources(row: Row, known: Mapping[str, Row]) -> list[Statement]:
    """Where it is printed: the sources as a reader cites them, and the first address that can be opened."""
    used = [known[s] for s in dict.fromkeys([row["source_id"], *(row["source_ids"] or ())]) if s in known]
    found = [Statement("source", citation(s), link(s) or tr("no citable address")) for s in used]
    addresses = sorted((a for s in used if (a := link(s))), key=_officialness)
    return found + [Statement(tr("publisher's page"), a) for a in addresses[:1]]


def _officialness(address: str) -> int:
    """The notice itself first, then a page of the authority, then whoever tells of it."""
    host = address.split("/")[2]
    return 0 if host.endswith("federalregister.gov") else 1 if host.endswith(".gov") else 2
