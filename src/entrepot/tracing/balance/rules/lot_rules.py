"""Lots: none is used or handed over before it exists, nor more of it than there is, nor is it made of itself."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import amounts, by_lot, folded, steps_of
from entrepot.tracing.balance.dealt_rows import dealt, told
from entrepot.tracing.balance.fault import TOLERANCE, Fault, documents_of, shown
from entrepot.tracing.balance.method.lot_knots import perhaps_looped
from entrepot.tracing.balance.quantity_range import total

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row

_DATES = marked("Ask for the record of making with its date, or for the number of the lot that was meant.")
_TWICE = marked("Ask each buyer for the record of receipt: the lot is there once.")
_OVER = marked("Ask for the record of what else was received under this number, or for the number that was meant.")
_ITSELF = marked("Ask for the records of making of these steps: a lot cannot be made of what came out of it.")


def lot_faults(books: Books, unjudged: Counter[str]) -> Iterator[Fault]:
    """What cannot be of lots.

    Args:
        books: what was loaded.
        unjudged: why a lot cannot be judged, and how often.
    """
    for (lots,) in dealt((told(books.lots, "lot"), ("lot",))):
        for rows in by_lot(lots).values():
            yield from _before(rows)
            yield from _over(rows, unjudged)
    yield from _of_itself(list(perhaps_looped(books.lots)))


def _before(rows: Sequence[Row]) -> Iterator[Fault]:
    """Acts on a lot before the first day on which it can have been made."""
    made = [r for r in rows if r["act"] == "made" and r["date"]]
    if not made or any(r["act"] == "made" and not r["date"] for r in rows) or len({r["party_id"] for r in made}) > 1:
        return  # under one number of two makers it is not told whose lot was used
    begin = min(made, key=lambda r: first_day(r["date"]))
    for act, kind in (("used", "used_before_made"), ("supplied", "supplied_before_made")):
        early = [r for r in rows if r["act"] == act and r["date"] and last_day(r["date"]) < first_day(begin["date"])]
        if early:
            reason = tr(
                "Lot {lot} was {act} on {value} by {documents_of}, and made on {date} by {documents_of_2}.",
                lot=begin["lot"],
                act=act,
                value=min(r["date"] for r in early),
                documents_of=documents_of(early),
                date=begin["date"],
                documents_of_2=documents_of([begin]),
            )
            yield Fault(
                kind, tr("lot {lot}", lot=begin["lot"]), reason, _DATES, [*early, begin], basis=("order of dates",)
            )


def _over(rows: Sequence[Row], unjudged: Counter[str]) -> Iterator[Fault]:
    """What a party did with a lot against what it had of it."""
    has, gave = defaultdict(list), defaultdict(list)
    for row in rows:
        if row["act"] == "made":
            has[row["party_id"]].append(row)
        else:
            gave[row["party_id"]].append(row)
            if row["act"] == "supplied" and row["buyer_id"]:
                has[row["buyer_id"]].append(row)
    for party, out in gave.items():
        had = _once(has.get(party, []))
        if not had:
            continue
        there, gone = amounts(had), amounts(out)
        if there is None or gone is None or (sum_there := total(there)) is None or (sum_gone := total(gone)) is None:
            unjudged[tr("lots of which a quantity is not said, or in units that do not convert")] += 1
            continue
        if sum_there.unit != sum_gone.unit:
            unjudged[tr("lots of which a quantity is not said, or in units that do not convert")] += 1
        elif sum_gone.low > sum_there.high * (1 + TOLERANCE):
            buyers = {r["buyer_id"] for r in out if r["act"] == "supplied"}
            kind = "supplied_twice" if len(buyers) > 1 else "lot_overdrawn"
            who, lot = out[0]["party"] or tr("a party that is not named"), out[0]["lot"]
            did = "supplied" if kind == "supplied_twice" else tr("supplied or used")
            reason = tr(
                "{who} {did} {shown} of lot {lot} by {documents_of}, and had {shown_2} of it by {documents_of_2}.",
                who=who,
                did=did,
                shown=shown(sum_gone),
                lot=lot,
                documents_of=documents_of(out),
                shown_2=shown(sum_there),
                documents_of_2=documents_of(had),
            )
            remedy = _TWICE if kind == "supplied_twice" else _OVER
            yield Fault(
                kind, tr("lot {lot}", lot=lot), reason, remedy, [*out, *had], sum_gone, sum_there, (tr("no lot grows"),)
            )


def _once(rows: list[Row]) -> list[Row]:
    """A lot that a step made, and whose making is told a second time without the step, is there once."""
    if any(r["act"] == "made" and r["step"] for r in rows):
        return [r for r in rows if r["act"] != "made" or r["step"]]
    return rows


def _of_itself(lots: Sequence[Row]) -> Iterator[Fault]:
    """Loops of lots: each is made of the next, and the last of the first."""
    made_of: dict[str, dict[str, tuple[Row, Row]]] = defaultdict(dict)
    for rows in steps_of(lots).values():
        used, made = ([r for r in rows if r["act"] == act and r["lot"]] for act in ("used", "made"))
        for after in made:
            for before in used:
                made_of[folded(after["lot"])].setdefault(folded(before["lot"]), (after, before))
    for loop in _loops(made_of):
        rows = [r for a, b in zip(loop, [*loop[1:], loop[0]], strict=True) for r in made_of[a][b]]
        reason = tr(
            "Lot {lot} is made of itself over {count} steps, by {documents_of}.",
            lot=rows[0]["lot"],
            count=len(loop),
            documents_of=documents_of(rows),
        )
        yield Fault(
            "made_of_itself", tr("lot {lot}", lot=rows[0]["lot"]), reason, _ITSELF, rows, basis=("order of making",)
        )


def _loops(edges: dict[str, dict[str, tuple[Row, Row]]]) -> Iterator[list[str]]:
    """One loop of each knot of lots, found depth first without recursion."""
    done: set[str] = set()
    for start in sorted(edges):
        path, on_path, stack = [start], {start}, [iter(sorted(edges.get(start, ())))]
        while stack and start not in done:
            below = next(stack[-1], None)
            if below is None:
                stack.pop()
                last = path.pop()
                on_path.discard(last)
                done.add(last)
            elif below in on_path:
                yield path[path.index(below) :]
                done |= on_path
                break
            elif below not in done:
                path.append(below)
                on_path.add(below)
                stack.append(iter(sorted(edges.get(below, ()))))
