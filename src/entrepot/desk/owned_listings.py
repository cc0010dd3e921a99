"""Parties that fall under the listing of their owners, behind the lists that are screened against."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import ntr, tr
from entrepot.desk.keeping import keep
from entrepot.desk.own import asked_of, no_file_loaded, put_verdicts
from entrepot.lists import search_set, shelf
from entrepot.lists.in_force import chosen_lists
from entrepot.lists.registry import OWN
from entrepot.ownership import kept_links
from entrepot.ownership.contract import NOT_IN_FORCE
from entrepot.ownership.ownership_rules import rule_called, rule_names, rule_on, rules_on
from entrepot.ownership.verdicts.owned_names import is_controlled_alone, owned_coverage, owned_names, owned_rows
from entrepot.ownership.verdicts.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path
    from typing import Any

    from entrepot.lists.listed_name import ListedName
    from entrepot.lists.search_set import Searched
    from entrepot.ownership.ownership_rules import Rule

_MOST_SHOWN = 5  # parties that a note names


def searched_with_owned(
    place: Path, wanted: Sequence[str], day: date, rules: Sequence[str] = ()
) -> tuple[Searched, tuple[str, ...]]:
    """The names of the lists asked for, and of the parties that rules add by the owners on record.

    A match of such a party has the id of its verdict as entity, which `explain` opens. Where only lists of one's own
    are screened, their parties are the listed ones, instead of those of the rules' lists.

    Args:
        place: the store.
        wanted: the lists asked for; empty for all.
        day: the day.
        rules: the rules; empty for those whose listed persons stand on one of the lists.

    Returns:
        The names, and what a reader must know of how they were added.

    Raises:
        BadInputError: an unknown list; no list of a rule is held, or none that is screened belongs to a rule; no file
            of ownership data is loaded.
        UnknownNameError: no such rule.
    """
    if not kept_links.KEPT.files(place):
        raise no_file_loaded()
    data = shelf.listings(place, wanted, day)
    used = chosen_lists(data, shelf.plain(wanted))
    counted = wanted if all(name.startswith(OWN) for name in used) else ()
    chosen = tuple(dict.fromkeys(map(rule_called, rules))) or _rules_of(used, day)
    names: list[ListedName] = []
    coverage: list[dict[str, Any]] = []
    notes = [_chosen_said(chosen, is_asked=bool(rules))]
    for rule in chosen:
        found, row, said = _of_rule(place, rule, day, counted)
        names += found
        coverage.append(row)
        notes += said
    return search_set.searched_beside(data, used, day, (names, coverage)), tuple(
        n for n in dict.fromkeys(notes) if n not in data.notes
    )


def _rules_of(used: Sequence[str], day: date) -> tuple[str, ...]:
    """The rules whose listed persons stand on one of the lists.

    Raises:
        BadInputError: there is none.
    """
    found = tuple(r.row["rule"] for r in rules_on(day) if set(r.row["lists"]) & set(used))
    if not found:
        known = ", ".join(rule_names())
        raise BadInputError(
            tr("no list that is screened belongs to a rule of ownership"),
            found=", ".join(used),
            allowed=known,
            remedy=tr("Name the rule: --rule RULE; or leave out --with-ownership."),
        )
    return found


def _chosen_said(chosen: Sequence[str], *, is_asked: bool) -> str:
    others = [r for r in rule_names() if r not in chosen]
    why = tr("as asked") if is_asked else tr("by the lists that are screened")
    left = tr("; not used: {others} (--rule)", others=", ".join(others)) if others else ""
    return tr("Ownership is judged by {chosen}, {why}{left}.", chosen=", ".join(chosen), why=why, left=left)


def _controlled_said(rows: Sequence[Mapping[str, Any]], rule: Rule) -> list[str]:
    """How many parties are controlled by a listed or blocked one without a counted share, and what that means."""
    apart = [r["party"] for r in rows if is_controlled_alone(r)]
    if not apart:
        return []
    shown = ", ".join(apart[:_MOST_SHOWN]) + (", …" if len(apart) > _MOST_SHOWN else "")
    done = tr("they are possible") if rule.by_control else tr("they are not added")
    return [
        ntr(
            len(apart),
            "{count} party is controlled by a listed or blocked one otherwise than by what {rule} counts ({shown}), "
            "{done}. {control}",
            "{count} parties are controlled by a listed or blocked one otherwise than by what {rule} counts ({shown}), "
            "{done}. {control}",
            rule=rule.row["rule"],
            shown=shown,
            done=done,
            control=rule.row["control"],
        )
    ]


def _of_rule(
    place: Path, name: str, day: date, counted: Sequence[str]
) -> tuple[list[ListedName], dict[str, Any], list[str]]:
    """The names that a rule adds, its row of coverage, and what a reader must know; the verdicts are kept.

    Args:
        place: the store.
        name: the rule.
        day: the day.
        counted: the lists whose parties are the listed ones; empty for those of the rule.
    """
    rule_on(name, day)  # an unknown rule is told before the lists are read
    instead = tr("screen against lists of your own alone, whose parties count then: --list own-NAME")
    asked, notes = asked_of(place, name, day, counted, instead=instead)
    made = verdicts(asked)
    told = made.rows.to_pylist()
    rows = owned_rows(told)
    names = owned_names(rows, asked)
    state, owned = asked.rule.row["state"], len(rows)
    said = [*notes, *_controlled_said(told, asked.rule)]
    if state == "not_in_force":
        would = sum(r["verdict"] == NOT_IN_FORCE and r["basis"] == "owned" for r in told)
        said.append(
            tr(
                "{name} does not apply on {day}: it adds nobody. If it did: {would} parties.",
                name=name,
                day=day,
                would=would,
            )
        )
    elif state == "not_on_record":
        said.append(
            tr(
                "Whether {name} applies on {day} is not on record: the {owned} parties it adds are possible.",
                name=name,
                day=day,
                owned=owned,
            )
        )
    if made.disagree:
        said.append(
            tr(
                "{disagree} stakes are said otherwise by another file: read as from the one to the other.",
                disagree=made.disagree,
            )
        )
    return (
        names,
        owned_coverage(names, asked),
        [*(keep(str(place), partial(put_verdicts, made)) if rows else ()), *said],
    )
