"""Whether a ledger is what was written: each entry by hash, seal and place, and its head."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import digest
from entrepot.core.words.translate import marked, tr
from entrepot.decisions.ledger.entry import REDACTED, Entry, canonical, commitment, sealed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PUT_BACK = marked("Put back the ledger from a backup: entrepot store restore")
_CLOCK = marked(
    "The clock of a machine was set back between the two, by hand or because it ran fast, or desks with unlike clocks "
    "share the ledger. Their order is that of their numbers; on which day each was written the ledger alone cannot "
    "tell: records that print its head, and time stamps of them, can."
)
_KEY = marked("Put back ledger.key, or the ledger, from a backup: entrepot store restore")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a ledger, as it says itself or as it stood elsewhere.

    Attributes:
        seq: the number of the last entry.
        hash: of that entry.
        seal: of both, under the key; empty where it stood elsewhere.
    """

    seq: int
    hash: str
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong.

    Attributes:
        seq: the number of the entry; 0 for the ledger as a whole.
        what: one clause.
        remedy: what to do.
    """

    seq: int
    what: str
    remedy: str = _PUT_BACK


def head_of(entries: Sequence[Entry], key: bytes) -> Head:
    """The head that belongs to entries, sealed."""
    last = entries[-1]
    return Head(last.seq, last.hash, sealed(_said(last.seq, last.hash), key))


def _said(seq: int, found: str) -> str:
    return f"head\0{seq}\0{found}"


def faults(entries: Sequence[Entry], head: Head | None, key: bytes, known: Sequence[Head] = ()) -> list[Fault]:
    """All that is wrong with a ledger, in order.

    Args:
        entries: as they lie, by number.
        head: as it lies.
        key: of the ledger.
        known: heads that stood elsewhere, as in a signed record.
    """
    found: list[Fault] = []
    redacted = _redacted(entries)
    expected, previous = 1, ""
    for entry in entries:
        if entry.seq != expected:
            gap = (
                tr("entry {expected}", expected=expected)
                if entry.seq == expected + 1
                else tr("entries {expected} to {seq}", expected=expected, seq=entry.seq - 1)
            )
            found.append(Fault(expected, tr("{gap} missing", gap=gap)))
        found += _of_entry(entry, previous if entry.seq == expected else None, key, redacted)
        expected, previous = entry.seq + 1, entry.hash
    found += _of_head(entries, head, key)
    for one in known:
        found += _of_known(entries, one)
    return found


def set_back(entries: Sequence[Entry]) -> list[Fault]:
    """Entries that are dated before the one in front of them: no fault of the chain, which goes by number.

    Args:
        entries: of a ledger in which nothing is wrong, by number.
    """
    return [
        Fault(
            late.seq,
            tr(
                "dates run backwards at entry {seq}: it says {at}, and entry {before} in front of it {at_before}",
                seq=late.seq,
                at=late.said["at"],
                before=early.seq,
                at_before=early.said["at"],
            ),
            tr(_CLOCK),
        )
        for early, late in pairwise(entries)
        if late.said["at"] < early.said["at"]
    ]


def _of_entry(entry: Entry, previous: str | None, key: bytes, redacted: set[tuple[int, str]]) -> Iterator[Fault]:
    if digest(entry.body) != entry.hash:
        yield Fault(entry.seq, tr("changed since it was written: its hash is another"))
        return
    if not _is_sealed(entry.hash, entry.seal, key):
        yield Fault(entry.seq, tr("not sealed with the key of this ledger"), _KEY)
        return
    if entry.said["seq"] != entry.seq:
        yield Fault(entry.seq, tr("moved: it was written as entry {seq}", seq=entry.said["seq"]))
    elif previous is not None and entry.said["previous"] != previous:
        yield Fault(entry.seq, tr("does not follow the entry before it"))
    yield from _of_personal(entry, redacted)


def _of_personal(entry: Entry, redacted: set[tuple[int, str]]) -> Iterator[Fault]:
    committed: dict[str, str] = entry.said["personal"]
    try:
        there = {f: (str(salt), str(value)) for f, (salt, value) in json.loads(entry.personal).items()}
    except (ValueError, AttributeError, TypeError):
        yield Fault(entry.seq, tr("its personal fields cannot be read"))
        return
    for field, said in committed.items():
        if field not in there:
            if (entry.seq, field) not in redacted:
                yield Fault(entry.seq, tr("{field} was taken out, and no entry says so", field=field))
        elif commitment(*there[field]) != said:
            yield Fault(entry.seq, tr("{field} was changed since it was written", field=field))
    for field in sorted(there.keys() - committed.keys()):
        yield Fault(entry.seq, tr("{field} was added since it was written", field=field))


def _is_sealed(said: str, seal: str, key: bytes) -> bool:
    """Whether a seal is the key's; one that was edited may hold any letter."""
    return hmac.compare_digest(sealed(said, key).encode(), seal.encode("utf-8", "replace"))


def _redacted(entries: Sequence[Entry]) -> set[tuple[int, str]]:
    """Entry and field of what entries say was taken out; an entry whose body cannot be read says nothing."""
    out = set()
    for entry in entries:
        try:
            said: Any = entry.said
            if said["kind"] == REDACTED:
                out |= {(int(seq), field) for seq in said["entries"] for field in said["fields"]}
        except (ValueError, KeyError, TypeError):
            continue
    return out


def _of_head(entries: Sequence[Entry], head: Head | None, key: bytes) -> Iterator[Fault]:
    if head is None:
        if entries:
            yield Fault(0, tr("its head is gone: whether entries were cut off cannot be told"))
        return
    if not _is_sealed(_said(head.seq, head.hash), head.seal, key):
        yield Fault(0, tr("its head is not sealed with the key of this ledger"), _KEY)
    elif not entries or entries[-1].seq < head.seq:
        yield Fault(
            0, tr("cut: it had {seq} entries, {seq_2} are left", seq=head.seq, seq_2=entries[-1].seq if entries else 0)
        )
    elif (entries[-1].seq, entries[-1].hash) != (head.seq, head.hash):
        yield Fault(0, tr("its last entry is not the one that was written last"))


def _of_known(entries: Sequence[Entry], known: Head) -> Iterator[Fault]:
    at = {e.seq: e.hash for e in entries}
    if known.seq not in at:
        yield Fault(
            0, tr("cut: entry {seq} was its head once, and it ends with {at}", seq=known.seq, at=max(at, default=0))
        )
    elif at[known.seq] != known.hash:
        yield Fault(known.seq, tr("written anew: its hash was another when it was the head"))


def as_text(entry: Entry) -> str:
    """All of an entry in one form, to compare ledgers: without the random salts and what follows from them."""
    said = {k: v for k, v in entry.said.items() if k not in {"previous", "personal"}}
    return canonical([said, entry.fields])
