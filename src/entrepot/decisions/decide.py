"""Writing decisions: what a case rests on goes into the ledger with the verdict, and who decided meanwhile is told."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.runtime.asked_from import ASKED_FROM
from entrepot.core.words.translate import in_english, tr
from entrepot.decisions.ledger.entry import DECIDED, WITHDRAWN, Draft
from entrepot.decisions.ledger.kept_ledger import add, now
from entrepot.decisions.person import who as who_is
from entrepot.decisions.standing import TRUE, decision_said, differing, docket, overruled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from entrepot.decisions.case_grounds import Grounds
    from entrepot.decisions.decisions_file import Decision
    from entrepot.decisions.ledger.entry import Entry
    from entrepot.decisions.ledger.kept_ledger import Ledger

REVIEW, GOOD_GUY, FILE = GROUNDS = ("review", "good_guy", "file")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        entries: in order.
        told: a sentence on each entry that these reviewers had not seen, or may not have; of their own ones too.
    """

    entries: tuple[Entry, ...]
    told: tuple[str, ...]


@in_english
def account() -> str:
    """The account of the machine; "not known" where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return tr("not known")


def account_said() -> str:
    """The account as an entry says it: of a server with the address from which it was asked."""
    asked = ASKED_FROM.get()
    return tr("{account}, asked from {asked}", account=account(), asked=asked) if asked else account()


@in_english
def decide(  # noqa: PLR0913 - the last two are of the whole call
    folder: Path,
    decisions: Sequence[Decision],
    based: Mapping[str, Grounds],
    ground: str = REVIEW,
    as_of: str = "",
    *,
    four_eyes: bool = False,
) -> Written:
    """Write decisions to the ledger of a store: all of them, or none.

    Args:
        folder: the store.
        decisions: what was decided.
        based: case -> what it rests on.
        ground: how they were decided: review, good_guy or file.
        as_of: the day of the screening, ISO.
        four_eyes: these count as false once a second person decides so; the entries say it for ever.

    Raises:
        StoreLockedError: another reviewer holds the ledger.
        StoreError: it is broken, gone or cannot be written.
    """
    told: list[str] = []

    def drafts(before: Ledger) -> list[Draft]:
        known = docket(before)
        of_all = {"ground": ground, "as_of": as_of} | ({"four_eyes": True} if four_eyes else {})
        out = []
        for one in decisions:
            history = known.history(one.case_id, based[one.case_id])
            last, who = history[-1].seq if history else 0, who_is(one.by, before.key)
            if one.seen is None:
                # The same words over the network may be one request sent twice, whose first answer was lost.
                again = one.why.strip() if ASKED_FROM.get() else None
                against = overruled(history, who, one.verdict, again)
                told.extend(_told_against(e, one) for e in against)
                # True is not silenced by somebody who was not told of it: disputed until they decide once more.
                true = [e.seq for e in against if e.said["verdict"] == TRUE]
                seen = min(true) - 1 if true else last
            else:
                seen = min(one.seen, last)
                told.extend(_unseen(history, seen, one, who))
            out.append(_draft(one, based[one.case_id], before.key, {**of_all, "seen": seen}))
        return out

    _, entries = add(folder, drafts)
    return Written(entries, tuple(told))


def _told_against(entry: Entry, one: Decision) -> str:
    """A sentence on a decision that stands, of which nothing says that the reviewer had seen it."""
    stands = tr("{case_id}: {said} You decide {verdict}.", case_id=one.case_id, said=decision_said(entry),
                verdict=one.verdict)  # fmt: skip
    if entry.said["verdict"] != TRUE:
        return tr("{stands} Yours is the later one and counts.", stands=stands)
    return tr(
        "{stands} Both entries stand, and the case stays open as disputed. To overrule it, decide once more, for "
        "another reason.",
        stands=stands,
    )


def _draft(one: Decision, on: Grounds, key: bytes, said: Mapping[str, Any]) -> Draft:
    body = {
        **said,
        "kind": DECIDED,
        "at": now(),
        "case": one.case_id,
        "verdict": one.verdict,
        "who": who_is(one.by, key),
        **on.prints(key),
    }
    return Draft(body, {"by": one.by.strip(), "account": account_said(), "why": one.why.strip(), **on.personal()})


def _unseen(history: Sequence[Entry], seen: int, one: Decision, who: str) -> Iterator[str]:
    """A sentence on each entry that the reviewer had not seen; another person's other verdict disputes the case."""
    against = {e.seq for e in differing(history, seen, who, one.verdict)}
    for entry in history:
        if entry.seq <= seen:
            continue
        said = decision_said(entry) if entry.said["kind"] == DECIDED else _withdrawn_said(entry)
        told = {"case_id": one.case_id, "said": said}
        if entry.seq in against:
            yield tr(
                "{case_id}: while you looked, {said} Both entries stand, and the case stays open as disputed until "
                "somebody decides who has seen both.",
                **told,
            )
        elif entry.said["who"] == who:
            yield tr("{case_id}: {said} That is your own entry; both stand, and this is the later one.", **told)
        else:
            yield tr("{case_id}: while you looked, {said} Both entries stand; yours is the later one.", **told)


def _withdrawn_said(entry: Entry) -> str:
    who = entry.fields.get("by", tr("somebody"))
    return tr("{who} withdrew the decision at {at}.", who=who, at=entry.said["at"])


@in_english
def withdraw(folder: Path, cases: Sequence[str], by: str, why: str) -> Written:
    """Withdraw what was decided on cases: they are open again, and the ledger keeps both.

    Args:
        folder: the store.
        cases: the cases.
        by: who withdraws.
        why: why.

    Raises:
        BadInputError: nothing was decided on one of them.
        StoreError: the ledger cannot be used.
    """

    def drafts(before: Ledger) -> list[Draft]:
        known = docket(before).by_case
        for case in cases:
            last = known[case][-1] if case in known else None
            if last is None or last.said["kind"] == WITHDRAWN:
                remedy = tr("entrepot ledger decisions names what was decided. Nothing was written.")
                raise BadInputError(tr("nothing is decided that could be withdrawn"), found=case, remedy=remedy)
        who = who_is(by, before.key)
        personal = {"by": by.strip(), "account": account_said(), "why": why.strip()}
        said = {"kind": WITHDRAWN, "at": now(), "who": who}
        return [Draft({**said, "case": case, "seen": known[case][-1].seq}, personal) for case in cases]

    _, entries = add(folder, drafts, begin=False)
    return Written(entries, ())
