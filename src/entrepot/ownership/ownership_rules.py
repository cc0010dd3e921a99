"""The rules by which a party falls under the listing of its owners, each in the state in which it stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import first_day, last_day
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english, tr
from entrepot.ownership.contract import RULES
from entrepot.ownership.stake import parts, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in one of its states.

    Attributes:
        row: under `ownership_rules`.
        least: parts of a party that bring it under the rule.
        is_aggregated: whether stakes of several listed persons are added.
        counts: interests of which each is held against the threshold by itself.
        by_control: whether control is a criterion of its own, beside the share.
    """

    row: Mapping[str, Any]
    least: int
    is_aggregated: bool
    counts: tuple[str, ...]
    by_control: bool

    @property
    def threshold(self) -> str:
        """The threshold in words."""
        share = plain(parts(self.row["threshold_percent"]))
        return (
            tr("{share} % or more", share=share)
            if self.row["at_least"] == "yes"
            else tr("more than {share} %", share=share)
        )


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(packaged_rows(RULES))


def rule_names() -> Mapping[str, str]:
    """The rules, each with the title of its last state."""
    return {r["rule"]: r["title"] for r in _rows()}


def rule_called(name: str) -> str:
    """The name of a rule, of which its first part is enough where no other rule begins so: eu is eu-50.

    A name that is none comes back as it is.
    """
    found = [rule for rule in rule_names() if name in {rule, rule.partition("-")[0]}]
    return found[0] if len(found) == 1 else name


@in_english
def rule_on(name: str, day: date) -> Rule:
    """A rule as it stood on a day.

    Args:
        name: as `rule_called` takes it.
        day: the day.

    Raises:
        UnknownNameError: no such rule.
        BadInputError: nothing is on record of it for so early a day.
    """
    rule = rule_called(name)
    states = [r for r in _rows() if r["rule"] == rule]
    if not states:
        raise UnknownNameError(tr("rule of ownership"), name, rule_names())
    row = next((r for r in states if first_day(r["from"]) <= day and (not r["to"] or day <= last_day(r["to"]))), None)
    if row is None:
        begins = min(r["from"] for r in states)
        raise BadInputError(
            tr("no state of {rule} is on record for that day", rule=rule),
            found=str(day),
            allowed=tr("from {begins}", begins=begins),
        )
    least = parts(row["threshold_percent"]) + (row["at_least"] == "no")
    by_control = row["control_is_criterion"] == "yes"
    return Rule(row, least, row["aggregated"] == "yes", tuple(row["counts"]), by_control)


@in_english
def rules_on(day: date) -> tuple[Rule, ...]:
    """Every rule of which a state is on record for a day, as it stood then."""
    begun = dict.fromkeys(r["rule"] for r in _rows() if first_day(r["from"]) <= day)
    return tuple(rule_on(name, day) for name in begun)


def lists_of(rule: Rule, held: Sequence[str], instead: str = "") -> tuple[str, ...]:
    """The lists of a rule that are held.

    Args:
        rule: the rule.
        held: the lists that are held.
        instead: how another list's parties are counted, where it is not by naming it.

    Raises:
        BadInputError: none of them is.
    """
    wanted: Sequence[str] = rule.row["lists"]
    used = tuple(name for name in wanted if name in held)
    if not used:
        remedy = tr(
            "Load one: entrepot lists load FILE --as {wanted}; or {instead}.",
            wanted=wanted[-1],
            instead=instead or tr("count another list's parties: --list LIST"),
        )
        found = ", ".join(wanted)
        raise BadInputError(
            tr("no list of {rule} is held", rule=rule.row["rule"]), found=found, allowed=", ".join(held), remedy=remedy
        )
    return used
