"""Which economies and sectors of a table are joined: a file of one's own, TOML or CSV."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Groups = dict[str, tuple[str, ...]]

ALL_OTHERS = "*"  # as the only member: whatever the table has besides
_KINDS = ("economies", "sectors")


@dataclass(frozen=True, slots=True)
class Grouping:
    """What is joined; an empty part leaves the table's own.

    Attributes:
        economies: code -> members.
        sectors: likewise.
    """

    economies: Mapping[str, Sequence[str]]
    sectors: Mapping[str, Sequence[str]]


def read_grouping(path: Path) -> Grouping:
    """A mapping file.

    TOML has the tables `[economies]` and `[sectors]`, each with lines such as `EU = ["DEU", "FRA"]`; CSV the columns
    `kind` (economies or sectors), `group` and `member`, a line a member. `REST = ["*"]` takes what is named nowhere.

    Raises:
        UnreadableFileError: no TOML, or a CSV without these columns.
        UnknownNameError: another table, kind or key than these.
        BadInputError: a group that is no list of codes, or none at all.
    """
    told = _of_toml(path) if path.suffix.casefold() == ".toml" else _of_csv(path)
    for kind in told:
        if kind not in _KINDS:
            raise UnknownNameError(tr("part of a mapping"), kind, _KINDS)
    if not any(told.values()):
        raise BadInputError(
            tr("{name} names no group", name=path.name), allowed=tr("[economies] or [sectors] with at least one group")
        )
    return Grouping(told.get("economies", {}), told.get("sectors", {}))


def spread(kind: str, groups: Mapping[str, Sequence[str]], known: Sequence[str]) -> Groups:
    """The groups with `*` put into words; none: each for itself.

    Raises:
        BadInputError: two groups take what is named nowhere.
    """
    if not groups:
        return {name: (name,) for name in known}
    named = {m for members in groups.values() for m in members}
    others = tuple(name for name in known if name not in named)
    if sum(ALL_OTHERS in members for members in groups.values()) > 1:
        raise BadInputError(
            tr("two groups of {kind} take all others", kind=kind),
            allowed=tr("{all_others} in one of them", all_others=ALL_OTHERS),
        )
    return {
        group: tuple(m for m in members if m != ALL_OTHERS) + (others if ALL_OTHERS in members else ())
        for group, members in groups.items()
    }


def _of_toml(path: Path) -> dict[str, Groups]:
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise UnreadableFileError(
            path, tr("is no TOML ({exc})", exc=exc), remedy=tr("Write [economies] and [sectors].")
        ) from exc
    for kind, groups in held.items():
        if not isinstance(groups, dict):
            allowed = tr("a table [{kind}] with groups", kind=kind)
            raise BadInputError(
                tr("{kind} of {name} is no group", kind=kind, name=path.name), found=repr(groups)[:80], allowed=allowed
            )
        for group, members in groups.items():
            if not isinstance(members, list) or not members or not all(isinstance(m, str) for m in members):
                raise BadInputError(
                    tr("{kind}.{group} of {name} is no group", kind=kind, group=group, name=path.name),
                    found=repr(members),
                    allowed=tr('a list such as ["DEU"]'),
                )
    return {kind: {g: tuple(m) for g, m in groups.items()} for kind, groups in held.items()}


def _of_csv(path: Path) -> dict[str, Groups]:
    table = opened(path)
    heads = [(h or "").strip().casefold() for h in table.headings]
    wanted = ("kind", "group", "member")
    if missing := [w for w in wanted if w not in heads]:
        raise UnreadableFileError(path, tr("has no column {missing!r}", missing=missing[0]), allowed=", ".join(wanted))
    at = [heads.index(w) for w in wanted]
    told: dict[str, dict[str, list[str]]] = {}
    for row in table.rows():
        kind, group, member = ((row[i] or "").strip() if i < len(row) else "" for i in at)
        if kind or group or member:
            told.setdefault(kind, {}).setdefault(group, []).append(member)
    return {kind: {g: tuple(m) for g, m in groups.items()} for kind, groups in told.items()}
