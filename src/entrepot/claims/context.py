"""What a report has named before a sentence, and what "the port" and "the region" mean there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.claims import pairs
from entrepot.claims.cues import cue
from entrepot.claims.gazetteer import posts
from entrepot.claims.when import NEVER

if TYPE_CHECKING:
    from entrepot.claims.draft import Draft
    from entrepot.claims.sentence import Sentence
    from entrepot.claims.when import When

_REMEMBERED = 20  # names of the paragraphs before; the last of a kind is asked for
_LANDS = ("xinjiang", "china")
# What is counted at a crossing, and so is of the only one that a report has named.
_CROSSING = ("cargo", "vehicles", "passengers", "trains", "containers", "trade_value")
_BY_TRAIN = ("trains", "containers", "cargo")
_ABROAD = ("country", "region", "pair", "capital")
_PLACED = ("place", "within", "scope", "trains", *_ABROAD)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a claim is about; `kind` empty: nothing fits. `said` tells where it stood when not in the sentence."""

    kind: str = ""
    id: str | None = None
    where: str | None = None
    partner: str | None = None
    said: str = ""


@dataclass(slots=True)
class Context:
    """The names of the paragraph so far, the latest last; cleared by the reader at each paragraph."""

    places: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    earlier: Context | None = None  # of the paragraphs before: for "the port", "the region", "that period" only
    countries: list[str] = field(default_factory=list)
    period: When = NEVER
    periods: frozenset[tuple[str | None, str | None]] = (
        frozenset()
    )  # all those of the paragraphs before; one only is lent on
    part: str = ""  # the part of a region that the sentence before was of: private enterprises
    partner: str = ""  # the region last named in the paragraph
    quantity: str = ""  # what the last level read in the paragraph counts, and of what it is
    about: tuple[str, str, str | None, str | None] | None = None
    home: str = "china"  # who trades in the report: the one whose trade it named first
    pairs: list[str] = field(default_factory=list)  # China and another, named side by side in the paragraph
    trains: bool = False  # whether the report has named the China-Europe trains
    subjects: frozenset[str] = frozenset()  # places that figures of the report were of
    lead: str = ""  # the place that the report names first

    def learn(self, sentence: Sentence) -> None:
        """Take in the names of a sentence that was read."""
        for hit in sentence.hits.of("names"):
            if hit.row["kind"] == "place":
                (self.regions if hit.row["id"] in _LANDS else self.places).append(hit.row["id"])
            elif hit.row["kind"] in ("measure", "list"):
                self.measures.append(hit.row["id"])
            elif hit.row["kind"] == "country":
                self.countries.append(hit.row["id"])
            elif hit.row["kind"] == "region":
                self.partner = hit.row["id"]
        self.pairs += [pair for _, pair in pairs.named(sentence)]
        self.trains |= any(h.row["kind"] == "trains" for h in sentence.hits.of("names"))
        self.home = _home(sentence) or self.home
        if not self.lead:
            self.lead = next(iter([*self.places, *self.regions]), "")

    def read(self, drafts: list[Draft]) -> None:
        """Take in what the claims of a sentence were of."""
        levels = [d for d in drafts if d.figure is not None and d.get("quantity") and d.get("subject")]
        levels = [d for d in levels if d.used is None or not d.used.base]
        lost = [d for d in drafts if d.get("unread_reason") in ("no_subject", "no_quantity")]
        if levels:
            last = levels[-1]
            self.quantity = last.get("quantity")
            self.about = (last.get("subject_kind"), last.get("subject"), last.get("partner"), last.get("direction"))
        elif lost:  # "this figure" would be one that was not read
            self.quantity, self.about, self.earlier = "", None, self._without_figure()
        outside = [d.get("subject") for d in levels if d.get("subject_kind") == "outside"]
        self.part = outside[-1] if outside else ""
        self.subjects |= {d.get("subject") for d in levels if d.get("subject_kind") == "place"}

    def _without_figure(self) -> Context | None:
        if self.earlier is not None:
            self.earlier.quantity, self.earlier.about = "", None
        return self.earlier

    def next(self) -> Context:
        """The context of a new paragraph, with what the report has named so far behind it."""
        before = self.earlier or Context()
        known = Context(
            (before.places + self.places)[-_REMEMBERED:],
            (before.measures + self.measures)[-_REMEMBERED:],
            (before.regions + self.regions)[-_REMEMBERED:],
            None,
            (before.countries + self.countries)[-_REMEMBERED:],
            self.period if self.period != NEVER else before.period,
            before.periods | ({self.period[:2]} if self.period != NEVER else frozenset()),
        )
        known.pairs = (before.pairs + self.pairs)[-_REMEMBERED:]
        known.quantity, known.about = self.quantity or before.quantity, self.about or before.about
        return Context(earlier=known, lead=self.lead, subjects=self.subjects, home=self.home, trains=self.trains)


def _home(sentence: Sentence) -> str:
    """Whose trade the sentence speaks of: the country named before the first word of trade; empty: nobody's."""
    trade = next((h for h in sentence.hits.of("words") if h.row["quantity"] == "trade_value"), None)
    named = [h for h in sentence.hits.of("names") if h.row["kind"] == "country" or h.row["id"] in _LANDS]
    return next((h.row["id"] for h in named if trade is not None and h.end <= trade.start), "")


def anaphor(sentence: Sentence) -> bool:
    """Whether the sentence says "the port", "the pass" or the like."""
    return cue("the_port").search(sentence.text) is not None


def before(sentence: Sentence, quantity: str, context: Context) -> Subject:
    """A name of the paragraph: the port, the centre, the region stand for the last one named."""
    if cue("the_centre").search(sentence.text) and any(p.startswith("khorgos-coop") for p in context.places):
        return Subject("place", "khorgos-cooperation-centre", said="the centre named before in the paragraph")
    nameless = not any(h.row["kind"] in _PLACED for h in sentence.hits.of("names"))
    if quantity.startswith("trade_") and nameless and not anaphor(sentence) and context.about is not None:
        kind, last, partner, _ = context.about
        return Subject(kind, last, partner=partner, said="what was named before in the paragraph")
    if quantity.startswith("trade_") and context.regions and not anaphor(sentence):
        return Subject("place", context.regions[-1], said="the region named before in the paragraph")
    if context.places:
        return Subject("place", _meant(sentence, context.places), said="the place named before in the paragraph")
    if context.pairs and nameless and quantity.startswith(_CROSSING) and not anaphor(sentence):
        return Subject("place", context.pairs[-1], said="the two countries named before in the paragraph")
    return _far_before(sentence, quantity, context)


def _far_before(sentence: Sentence, quantity: str, context: Context) -> Subject:
    """A name of the paragraphs before, for "the port" and "the region", or the only one that the report is about."""
    earlier = context.earlier
    if earlier is None:
        return Subject()
    if cue("the_region").search(sentence.text) and earlier.regions and quantity.startswith("trade_"):
        return Subject("place", earlier.regions[-1], said="the region named before")
    nameless = not any(h.row["kind"] in _PLACED for h in sentence.hits.of("names"))
    if quantity.startswith("trade_") and nameless and len(set(earlier.pairs)) == 1 and not earlier.places:
        return Subject("place", earlier.pairs[-1], said="the only two countries named before")
    if anaphor(sentence) and earlier.places:
        return Subject("place", _meant(sentence, earlier.places), said="the place named before")
    return _only(sentence, quantity, context, earlier)


def _only(sentence: Sentence, quantity: str, context: Context, earlier: Context) -> Subject:
    """The place that the report begins with, where it has named no other one and this sentence names none."""
    named, lead = {h.row["kind"] for h in sentence.hits.of("names")}, context.lead
    said = "the only place named before"
    if not earlier.places and lead == "xinjiang" and quantity.startswith("trade_"):
        foreign = named & set(_PLACED) - set(_ABROAD)
        return Subject() if foreign else Subject("place", lead, said=said)
    if named & set(_PLACED) or not quantity.startswith(_CROSSING):
        return Subject()
    if quantity.startswith("trade_") and len(context.subjects) == 1:
        return Subject("place", next(iter(context.subjects)), said=said)
    if context.trains and not earlier.places and not lead and quantity.startswith(_BY_TRAIN):
        return Subject("place", "china-europe-express", said="the trains named before")
    crossing = set(earlier.places)
    return Subject("place", lead, said=said) if crossing == {lead} else Subject()


def _meant(sentence: Sentence, places: list[str]) -> str:
    """The last place named; "the pass" and "the border" are the last post at the border, not a port behind it."""
    if cue("the_pass").search(sentence.text):
        return next((p for p in reversed(places) if p in posts()), places[-1])
    return places[-1]
