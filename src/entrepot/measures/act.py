"""What a measure is made of: the frozen classes that its file is read into, and the closed lists of its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked

if TYPE_CHECKING:
    from datetime import date

    from entrepot.measures.own.own_events import OwnEvent
    from entrepot.measures.own.own_points import OwnPoint
    from entrepot.sources.cited import CitedSource

# How well a fact is verified, best first. Shown to users beside the fact.
VERIFIED = {
    "official": marked("read on the authority's own page"),
    "confirmed": marked("several independent texts agree"),
    "secondary": marked("one text that is not the authority's"),
    "partly": marked("part of the fact is in the source"),
    "unverified": marked("no source seen carries it"),
}
# Where an HS prefix comes from: the reader must see which codes an authority named and which Entrepot read.
BASES = {
    "named": marked("named in the act or in official guidance, here to six digits at most"),
    "read": marked("read from the act's wording by Entrepot: the heading's text fits"),
    "read_wider": marked("read from the act's wording by Entrepot: the heading holds other goods too"),
}
KINDS = (
    "allowance",
    "anti_dumping_countervailing",
    "blocking",
    "countermeasure",
    "de_minimis",
    "due_diligence",
    "export_control",
    "import_ban",
    "safeguard",
    "tariff",
    "not_said",
)
STATUSES = ("in_force", "pending", "scheduled", "suspended", "ended", "unknown")
# Of a part on a day, in the order in which they are shown; `unknown` was suspended to a day that has passed, or is in
# doubt.
STATES = ("in_force", "scheduled", "suspended", "unknown", "ended")
DIRECTIONS = ("import", "export", "both", "none")


@dataclass(frozen=True, slots=True)
class Goods:
    """An HS prefix of 2 to 6 digits and where it comes from (a key of `BASES`)."""

    prefix: str
    basis: str


@dataclass(frozen=True, slots=True)
class Part:
    """A dated piece of a measure: a provision or a priority sector.

    Attributes:
        id: unique within the measure.
        kind: provision or sector.
        name: a few words.
        text: what the rule says, in Entrepot's words.
        start, end: partial dates, both ends included; None: not known (start), open (end).
        known_from: when it was published, where that is before `start`.
        end_known: from when the end was known (a term set at the start); None: only once it had come.
        subject, threshold: who or what it touches, and from which amount; empty where the rule has none.
        goods: "all" goods, the "listed" HS prefixes, "unread" where the rule turns on goods of which no HS code is on
            record, or "none" where it does not turn on goods.
        hs: the prefixes.
        presumption: whether the part itself carries a presumption; None for provisions.
        by_region: what the part means for whoever is placed in its territory, listed or not, in one sentence; empty
            where it turns on something else than the place.
        territory, countries: as in the measure, unless the part has its own.
        citation: article, section, notice.
        verified: a key of `VERIFIED`.
        sources: ids of the measure's sources.
        rows: ids of rows of the record that carry the same fact.
        suspended_to: last day of a suspension that follows `end`; None where the part has ended or is open.
        in_doubt: whether it is not known that the part took effect on its first day.
        is_basis: whether it is what the other parts rest on and touches nobody by itself.
    """

    id: str
    kind: str
    name: str
    text: str
    start: str | None
    end: str | None
    known_from: str | None
    end_known: str | None
    subject: str
    threshold: str
    goods: str
    hs: tuple[Goods, ...]
    presumption: bool | None
    territory: tuple[str, ...]
    countries: tuple[str, ...]
    citation: str
    verified: str
    sources: tuple[str, ...]
    rows: tuple[str, ...]
    by_region: str = ""
    suspended_to: str | None = None
    in_doubt: bool = False
    is_basis: bool = False


# What a duty may turn on, and how a person is asked for it. Of employees and turnover also within a place.
FACTS = {
    "seat": marked("the country of the seat (--seat)"),
    "branch_in": marked("the countries with a branch (--branch-in)"),
    "employees": marked("the employees (--employees)"),
    "turnover": marked("the turnover (--turnover)"),
    "sells_in": marked("where it sells (--sells-in)"),
    "imports_to": marked("where it imports to (--imports-to)"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold of a company for a duty to bind it.

    Attributes:
        fact: a key of `FACTS`.
        places: countries and groups (EU), of a fact that is a place: one of them has to be among the company's, or
            none, where `is_absent`; or one of the company's has to lie in none of them, where `is_outside`.
        is_absent: see places.
        within: the country or group to which employees or turnover are counted; empty for the whole world.
        amount: the threshold of a fact that is a number.
        is_above: whether more than the amount is needed; else the amount itself is enough.
        currency: of a turnover; empty for employees.
    """

    fact: str
    places: tuple[str, ...]
    is_absent: bool
    within: str
    amount: float
    is_above: bool
    currency: str
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of diligence of companies, with whom it binds; all conditions have to hold.

    Attributes:
        id, name, text, start, end, known_from, citation, verified, sources, rows: as in a part.
        replaced: the day on which another text took its place before it bound anybody; None where none did.
        unless: ids of earlier duties of the measure; whoever one of them binds is not bound by this one.
        conditions: what has to hold of a company.
    """

    id: str
    name: str
    text: str
    start: str | None
    end: str | None
    known_from: str | None
    replaced: str | None
    conditions: tuple[Condition, ...]
    citation: str
    verified: str
    sources: tuple[str, ...]
    rows: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a clock: so many working or calendar days from another point.

    Attributes:
        id, name, rule, citation, verified, sources: as in a part.
        days, months: how many, one of the two; the other is 0. Months are calendar months.
        day_kind: working (Monday to Friday without US federal holidays) or calendar.
        counts_from: presented, imported, detained, or the id of an earlier step.
    """

    id: str
    name: str
    days: int
    months: int
    day_kind: str
    counts_from: str
    rule: str
    citation: str
    verified: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """The deadlines that a detained shipment runs through; `rows` of the record carry them too.

    Attributes:
        start: the first day from which goods run through it; None where there is none.
        before: what holds for goods of an earlier day, in one sentence; empty where there is no such day.
    """

    start: str | None
    before: str
    citation: str
    verified: str
    rows: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class MeasureList:
    """The list of parties that belongs to a measure.

    Attributes:
        id: the id in the listings table (`uflpa`).
        totals: the table that says how many the authority lists ("batches"); empty where none does.
    """

    id: str
    totals: str


# The tests into which the question of a brief is split; what each asks stands in brief/data/answer_tests.csv.
TESTS = ("pressure", "direct", "neighbours", "third", "firms", "corridors")
# What a line of the answer can look at; docs/measures.md says what each reads.
LOOKS = ("listed", "tranches", "counted", "ratio", "share", "against", "hubs", "shifts", "exits", "entries")


@dataclass(frozen=True, slots=True)
class Look:
    """What one part of a test looks at: which rows of the record, and how they are called.

    Attributes:
        test: one of `TESTS`.
        kind: one of `LOOKS`.
        words: how the quantity is called in a sentence; `{place}` and `{group}` are filled in.
        places: place ids, in the order shown.
        metrics: of observations.
        under: the metric by which those of `metrics` are divided, for a ratio.
        partners: as the record prints them; empty: rows without a partner and rows of any.
        direction: of observations: in, out, both; empty: any.
        by: a column of observations whose values make lines of their own.
        base: the year against which is held, for `against`; 0 elsewhere.
        is_reversed: whether a rise of the figure speaks for a fall in the test.
        shown: how many of its lines stand in the answer itself; all stand in its table.
        leads: whether its chart stands beside the answer.
        stands_first: whether what it shows stands on the first screen in words.
        caution: what a reader has to know beside the figures.
        events: ids of events, of tranches.
        parts: ids of provisions, of tranches that no event tells of.
        is_beside: whether it counts what the measure does not touch: it is shown, and points nowhere.
    """

    test: str
    kind: str
    words: str
    places: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    under: str = ""
    partners: tuple[str, ...] = ()
    direction: str = ""
    by: str = ""
    base: int = 0
    is_reversed: bool = False
    shown: int = 0
    leads: bool = False
    stands_first: bool = False
    caution: str = ""
    events: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class BriefPlan:
    """What a brief of the measure looks at; the brief draws what the record holds of it.

    Attributes:
        question: the question that the brief answers.
        territory: place id.
        list_id: list id, empty where the measure has none.
        enforcement: place id of enforcement figures, empty where there are none.
        crossings: place ids, in the order shown.
        trade_pairs: "place id" or "place id/partner as the record prints it".
        flow_products: products of the flows table.
        events: kinds of events on the timeline.
        risks: kinds of events that are risks of the corridors.
        competes_with: measure ids whose dates stand beside every shift in trade.
        risk_countries: ISO alpha-2 codes; a risk elsewhere is none of the corridors'.
        risk_places: place ids, or places as an event prints them, that lie on the corridors; an attack elsewhere in
            these countries is none on them; empty: all places.
        years_back: how many years before the latest window of a flow the comparison window lies.
        followed: "product/partner alpha-3": flows that are followed year by year.
        answers: keys of the chapters that answer the question before the tests do: measure, and unknown for what is
            open of it; empty where the tests answer it all.
        marked: id of the provision whose first day is marked on the time axes; empty: the earliest.
        silences: events that tell of a publisher that stopped publishing.
        firms: firms whose acts over the territory are told one by one; empty: no chapter on firms.
        asked: what the tests together decide, as a clause: "Whether the Act is beaten".
        settled_by: the figure that would decide it where they do not.
        looks: what the tests look at; without any, the tests asked of its kind say what is not on record.
        scans: packaged scans of other measures that bear on this one too (`entrepot divert demos`).
        points: where maps draw crossings of which the record has no coordinates.
    """

    question: str = ""
    territory: str = ""
    list_id: str = ""
    enforcement: str = ""
    crossings: tuple[str, ...] = ()
    trade_pairs: tuple[str, ...] = ()
    flow_products: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    competes_with: tuple[str, ...] = ()
    risk_countries: tuple[str, ...] = ()
    risk_places: tuple[str, ...] = ()
    years_back: int = 1
    marked: str = ""
    answers: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    asked: str = ""
    settled_by: str = ""
    looks: tuple[Look, ...] = ()
    scans: tuple[str, ...] = ()
    points: tuple[OwnPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A legal act on trade.

    Attributes:
        id, title, short: its names.
        jurisdiction: ISO alpha-2, or EU.
        kind: one of `KINDS`.
        authority: who applies it.
        status: one of `STATUSES`, as found on `checked`; on a measure from `as_of`, as of that day.
        checked: the day on which a person last compared the file with its sources.
        direction: import, export, both or none, seen from the jurisdiction.
        territory: place ids.
        countries: ISO alpha-2 of the countries whose goods or parties it touches; empty: all.
        summary: a paragraph.
        unknown: what is not known, one sentence each.
        goods_unknown: where the file carries only some of the goods of the act: one sentence on a code that no listed
            prefix covers; empty where it carries them all.
        provisions, sectors: its dated parts.
        clock, listing, brief, sources, duties, events: see the classes; events stand in files of one's own alone.
        ended, scheduled: filled by `as_of` only; what is suspended, or of which it is not known whether it holds,
            stands under ended.
        day: the day of `as_of`; None on the whole file.
    """

    id: str
    title: str
    short: str
    jurisdiction: str
    kind: str
    authority: str
    status: str
    checked: str
    direction: str
    territory: tuple[str, ...]
    countries: tuple[str, ...]
    summary: str
    unknown: tuple[str, ...]
    provisions: tuple[Part, ...]
    sectors: tuple[Part, ...]
    clock: Clock | None
    listing: MeasureList | None
    brief: BriefPlan | None
    sources: tuple[CitedSource, ...]
    duties: tuple[Duty, ...] = ()
    events: tuple[OwnEvent, ...] = ()
    goods_unknown: str = ""
    ended: tuple[Part, ...] = ()
    scheduled: tuple[Part, ...] = ()
    day: date | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Provisions and sectors together."""
        return self.provisions + self.sectors

    @property
    def touching(self) -> tuple[Part, ...]:
        """The provisions that touch somebody: without what these rest on; all where there is nothing else."""
        return tuple(p for p in self.provisions if not p.is_basis) or self.provisions
