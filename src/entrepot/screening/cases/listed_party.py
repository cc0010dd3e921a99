"""What the lists say of the listed party of a case, in a line beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.lists.profiles.profile import Profile

    Row = dict[str, Any]


def with_profiles(cases: Iterable[Mapping[str, Any]], profiles: Mapping[str, Profile]) -> list[Row]:
    """Cases, each with the profiles of its entries in a line and their publishers' pages; of a region with none.

    Args:
        cases: rows of CASES.
        profiles: entity_id -> what its list says of it.
    """
    return [{**case, **_said(case, profiles)} for case in cases]


def _said(case: Mapping[str, Any], profiles: Mapping[str, Profile]) -> Row:
    of_lists = [e.partition(":")[2] for e in case["entities"]] if case["kind"] != "region" else []
    known = [profiles[i] for i in of_lists if i in profiles]
    lines, links = (dict.fromkeys(filter(None, said)) for said in ((p.line() for p in known), (p.link for p in known)))
    return {"profile": " | ".join(lines) or None, "link": " ".join(links) or None}
