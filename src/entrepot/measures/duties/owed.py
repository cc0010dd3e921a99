"""Which duties of diligence a company has on a day, rule by rule.

Every condition of a rule is true, false, or not known; a rule binds where all are true, does not where one is false,
and cannot be decided else. Nothing is converted and nothing is guessed: an amount in another currency is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.periods import first_day, last_day
from entrepot.core.shown import row_id
from entrepot.core.words.translate import WordsBy, in_english, marked, tr
from entrepot.measures.act import FACTS
from entrepot.measures.contract import DUTIES
from entrepot.measures.measure import measures
from entrepot.vocabulary.countries import alpha3
from entrepot.vocabulary.groups import group_of, members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    import pyarrow as pa

    from entrepot.measures.act import Condition, Duty, Measure
    from entrepot.measures.duties.company import Company

_SIGN = {True: marked("yes"), False: marked("no"), None: marked("not known")}

# A condition on a place by its fact, whether it `is_absent` and whether it `is_outside`; each has two words, by which
# a catalogue finds it.
_PLACED = WordsBy(
    {
        ("seat", False, False): "seat in {places}",
        ("seat", True, False): "seat not in {places}",
        ("seat", False, True): "seat outside {places}",
        ("branch_in", False, False): "branch in {places}",
        ("branch_in", True, False): "no branch in {places}",
        ("branch_in", False, True): "branch outside {places}",
        ("sells_in", False, False): "sells in {places}",
        ("sells_in", True, False): "sells nothing in {places}",
        ("sells_in", False, True): "sells outside {places}",
        ("imports_to", False, False): "imports to {places}",
        ("imports_to", True, False): "imports nothing to {places}",
        ("imports_to", False, True): "imports outside {places}",
    }
)
# A condition on an amount by its fact, whether it `is_above`, and whether it is counted within a place.
_REACHED = WordsBy(
    {
        ("employees", True, False): "employees more than {amount}",
        ("employees", False, False): "employees at least {amount}",
        ("employees", True, True): "employees in {within} more than {amount}",
        ("employees", False, True): "employees in {within} at least {amount}",
        ("turnover", True, False): "turnover more than {amount} {currency}",
        ("turnover", False, False): "turnover at least {amount} {currency}",
        ("turnover", True, True): "turnover in {within} more than {amount} {currency}",
        ("turnover", False, True): "turnover in {within} at least {amount} {currency}",
    }
)


@dataclass(frozen=True, slots=True)
class _Held:
    """A condition held against a company: whether it is met (None: not known), why, and what would tell."""

    is_met: bool | None
    reason: str
    needs: tuple[str, ...] = ()


@in_english
def owed(company: Company, day: date) -> pa.Table:
    """Every rule on record that was known on a day and has not ended, under `DUTIES`.

    Args:
        company: what is said of it.
        day: the day.
    """
    return table(DUTIES, [row for act in measures() for row in _rows(act, company, day)])


def _rows(act: Measure, company: Company, day: date) -> Iterator[dict[str, Any]]:
    """The rows of a measure. A rule on the rest of a scope is held against the rules before it."""
    before: dict[str, _Held] = {}
    for rule in _known(act, day):
        held = [_held(c, company, day) for c in rule.conditions]
        own = {h.is_met for h in held}
        # Whom the rule's own conditions leave out it leaves out, whatever binds before it.
        held += [_not_before(before[r]) for r in rule.unless if r in before and False not in own]
        before[rule.id] = _bound(rule, held)
        yield _row(act, rule, held, day)


def _bound(rule: Duty, held: list[_Held]) -> _Held:
    """Whether a rule binds the company by all that was held against it."""
    met = {h.is_met for h in held}
    is_met = False if False in met else None if None in met else True
    return _Held(is_met, rule.name, tuple(dict.fromkeys(n for h in held for n in h.needs)))


def _not_before(earlier: _Held) -> _Held:
    """The condition that an earlier rule of the same measure does not bind the company."""
    met = None if earlier.is_met is None else not earlier.is_met
    reason = f"{tr('not bound already by: {name}', name=earlier.reason)}: {_SIGN[met]}"
    return _Held(met, reason, earlier.needs if met is None else ())


def _known(act: Measure, day: date) -> Iterator[Duty]:
    for rule in act.duties:
        known = first_day(rule.known_from or rule.start or "")
        ended = rule.end is not None and last_day(rule.end) < day
        replaced = rule.replaced is not None and first_day(rule.replaced) <= day
        if known <= day and not ended and not replaced:
            yield rule


def _row(act: Measure, rule: Duty, held: list[_Held], day: date) -> dict[str, Any]:
    answer = _answer(rule, held, day)
    needs = list(_bound(rule, held).needs) if answer == "cannot_be_decided" else []
    row = {
        "measure_id": act.id,
        "rule": rule.id,
        "name": rule.name,
        "jurisdiction": act.jurisdiction,
        "answer": answer,
        "said": _said(answer, rule, needs),
        "needs": needs or None,
        "reasons": [h.reason for h in held],
        "valid_from": rule.start,
        "text": rule.text,
        "citation": rule.citation,
        "verified": rule.verified,
        "doubts": list(act.unknown) or None,
        "source_id": rule.sources[0],
        "as_of": day.isoformat(),
    }
    return row | {"duty_id": row_id("duty", row, (act.id, rule.id))}


def _answer(rule: Duty, held: list[_Held], day: date) -> str:
    met = _bound(rule, held).is_met
    if met is None:
        return "cannot_be_decided"
    if not met:
        return "does_not_apply"
    return "applies" if first_day(rule.start or "") <= day else "applies_later"


def _said(answer: str, rule: Duty, needs: list[str]) -> str:
    if answer == "cannot_be_decided":
        return tr("cannot be decided: needs {needs}", needs=", ".join(needs))
    if answer == "applies_later":
        return tr("applies from {start}", start=rule.start)
    return tr("applies") if answer == "applies" else tr("does not apply")


def _held(condition: Condition, company: Company, day: date) -> _Held:
    if condition.places:
        return _place_held(condition, company, day)
    return _amount_held(condition, company)


def _place_held(condition: Condition, company: Company, day: date) -> _Held:
    given = getattr(company, condition.fact)
    wanted = " or ".join(condition.places)
    asked = _PLACED[condition.fact, condition.is_absent, condition.is_outside].format(places=wanted)
    if given is None:
        return _Held(None, tr("{asked}: not known", asked=asked), (FACTS[condition.fact],))
    own = (given,) if isinstance(given, str) else tuple(sorted(given))
    lies = [_any(_belongs(g, w, day) for w in condition.places) for g in own]
    if condition.is_outside:
        met = _any(None if inside is None else not inside for inside in lies)
    else:
        inside = _any(lies)
        met = inside if inside is None or not condition.is_absent else not inside
    needs = (tr("{facts} by country", facts=FACTS[condition.fact]),) if met is None else ()
    return _Held(met, f"{asked}: {_SIGN[met]}, {', '.join(own)}", needs)


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Whether one is yes; not known where none is and one is not known."""
    told = set(answers)
    return True if True in told else None if None in told else False


def _belongs(given: str, wanted: str, day: date) -> bool | None:
    """Whether a country or group is another or lies in it; of a group the country inside is not known."""
    if given == wanted:
        return True
    if group_of(wanted):
        return None if group_of(given) else alpha3(given) in members(wanted, day)
    return None if group_of(given) and alpha3(wanted) in members(given, day) else False


def _amount_held(condition: Condition, company: Company) -> _Held:
    unit = f" {condition.currency}" if condition.currency else ""
    asked = _REACHED[condition.fact, condition.is_above, bool(condition.within)].format(
        within=condition.within, amount=f"{condition.amount:,.0f}", currency=condition.currency
    )
    given = _given(condition, company)
    own, whole = given.get(condition.within), given.get("")
    if own is not None:
        met = _reaches(own, condition)
        return _Held(met, f"{asked}: {_SIGN[met]}, {own:,.0f}{unit}")
    if condition.within and whole is not None and not _reaches(whole, condition):
        return _Held(False, tr("{asked}: no, {whole:,.0f}{unit} in all", asked=asked, whole=whole, unit=unit))
    for place, part in given.items():
        if not condition.within and _reaches(part, condition):
            return _Held(
                True,
                tr("{asked}: yes, {part:,.0f}{unit} in {place} alone", asked=asked, part=part, unit=unit, place=place),
            )
    return _Held(None, tr("{asked}: not known", asked=asked), (_needs(condition),))


def _given(condition: Condition, company: Company) -> dict[str, float]:
    """What is said of the fact, by place; of a turnover only what is in the rule's currency."""
    if condition.fact == "employees":
        return dict(company.employees)
    return {p: amount for p, (currency, amount) in company.turnover.items() if currency == condition.currency}


def _reaches(amount: float, condition: Condition) -> bool:
    return amount > condition.amount if condition.is_above else amount >= condition.amount


def _needs(condition: Condition) -> str:
    if condition.fact == "employees" and condition.within:
        return tr("the employees in {within} (--employees-in {within}=N)", within=condition.within)
    if condition.fact == "turnover":
        option = f"--turnover-{condition.within.lower()}" if condition.within else "--turnover"
        where = tr(" in the {within}", within=condition.within) if condition.within else ""
        return tr(
            "the turnover{where} ({option} {currency}:AMOUNT)", where=where, option=option, currency=condition.currency
        )
    return FACTS[condition.fact]
