"""The tables of the room: parties and links of ownership files, the dated rules, and what is said of a party by one."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable

INTERESTS = ("shares", "votes", "control", "linked")
VERDICTS = ("blocked", "not_blocked", "cannot_be_excluded")
TO_CONFIRM = "to_confirm"
CONTROLLED = "controlled"  # the basis of a verdict that rests on who controls the party, and on no share
STATE_NOT_ON_RECORD, NOT_IN_FORCE = "state_not_on_record", "not_in_force"
STATES = ("in_force", "not_in_force", "not_on_record")

_FILE_ID = Column("file_id", "text", "the file: o- and the first twelve digits of its hash; `record` for our own")
_SHARE = "in per cent; 0 to 100 where it is not known"

OWNERSHIP_FILES = Contract(
    name="ownership_files",
    meaning="The files of ownership data that were loaded into the store.",
    grain=("file_id",),
    columns=(
        _FILE_ID,
        Column("file", "text", "name of the file"),
        Column("format", "text", "format of the file"),
        Column("sha256", "text", "hash of the file", pattern="^[0-9a-f]{64}$"),
        Column("loaded_at", "text", "when it was loaded, UTC"),
        Column("parties", "integer", "parties named", unit="parties", low=0),
        Column("links", "integer", "links held", unit="links", low=0),
        Column("notes", "texts", "what was set aside or read with a width, each with its count"),
        Column(
            "read",
            "integer",
            "rows of a table of one's own that hold anything: each is a link or refused",
            unit="rows",
            low=0,
            absent=("not_applicable", "not_reported"),
        ),
        Column(
            "refused",
            "integer",
            "rows of it that cannot be",
            unit="rows",
            low=0,
            absent=("not_applicable", "not_reported"),
        ),
        Column(
            "refused_rows",
            "texts",
            "each of these, with what is wrong and what to do",
            absent=("not_applicable", "not_reported"),
        ),
    ),
)

OWNERSHIP_PARTIES = Contract(
    name="ownership_parties",
    meaning="Who owns or is owned, as each file names them. Birth dates, addresses and documents are not kept.",
    grain=("file_id", "party_id"),
    columns=(
        _FILE_ID,
        Column("party_id", "text", "scheme and number, such as LEI:… or GB-COH:…, an entry of a list, or name:…"),
        Column("name", "text", "as printed; the id where the file gives no name"),
        Column("kind", "text", "what it is", allowed=("person", "company", "unknown")),
        Column("numbers", "texts", "further numbers of a company, scheme:number", absent=("not_reported",)),
    ),
)

OWNERSHIP_LINKS = Contract(
    name="ownership_links",
    meaning="Who holds what part of whom, from a day to a day, as a file says; a part that is not known is an "
    "interval.",
    grain=("file_id", "nth"),
    columns=(
        _FILE_ID,
        Column("nth", "integer", "number of the link in the file", low=1),
        Column("row", "integer", "row, line or record of the file that says it", low=0),
        Column("owner_id", "text", "who holds"),
        Column("owned_id", "text", "what is held"),
        Column(
            "interest",
            "text",
            "shares; votes; control without either; linked: a tie that may carry shares, of no known size",
            allowed=INTERESTS,
        ),
        Column("low_percent", "number", f"least that it can be, {_SHARE}", unit="percent", low=0, high=100),
        Column("high_percent", "number", f"most that it can be, {_SHARE}", unit="percent", low=0, high=100),
        Column("said", "text", "the stake as the file says it", absent=("not_reported",)),
        Column("valid_from", "partial_date", "first day", absent=("not_reported",)),
        Column("valid_to", "partial_date", "first day on which it no longer holds", absent=("not_applicable",)),
    ),
)

RULES = PackagedTable(
    Contract(
        name="ownership_rules",
        meaning="From what share a party falls under the listing of its owners, by rule and state, dated.",
        grain=("state_id",),
        columns=(
            Column("rule", "text", "the rule, as --rule takes it"),
            Column("state_id", "text", "the rule in one of its states"),
            Column("title", "text", "what it is called"),
            Column("from", "partial_date", "first day of the state"),
            Column("to", "partial_date", "last day of the state", absent=("not_applicable",)),
            Column("state", "text", "whether it applies; not_on_record: nobody told us", allowed=STATES),
            Column("threshold_percent", "number", "the share that decides", unit="percent", low=0, high=100),
            Column("at_least", "text", "yes: the share itself is enough; no: more is needed", allowed=("yes", "no")),
            Column("aggregated", "text", "whether stakes of several listed persons are added", allowed=("yes", "no")),
            Column("counts", "texts", "interests of which each is held against the threshold by itself"),
            Column("lists", "texts", "lists whose parties are the listed persons; those that are held are used"),
            Column("meaning", "text", "what the rule makes of a party: blocked, frozen, caught"),
            Column("control", "text", "what control without ownership means under the rule"),
            Column(
                "control_is_criterion",
                "text",
                "whether control is a criterion of its own, beside the share that is judged",
                allowed=("yes", "no"),
            ),
            Column("citation", "text", "the text of the rule"),
            Column("verified", "text", "how well the row is verified, and by what"),
            Column("url", "text", "where what was seen lies", absent=("unknown",)),
            SOURCE,
        ),
    ),
    "entrepot.ownership",
    "rules.csv",
)

LINKS_HEADINGS = PackagedTable(
    Contract(
        name="links_headings",
        meaning="What columns of a table of owners are called by databases and registers, beside our own names.",
        grain=("column", "language"),
        columns=(
            Column(
                "column", "text", "our column; subsidiary, subsidiary_id: what is owned, beside which a company owns"
            ),
            Column("language", "text", "language of the headings"),
            Column("headings", "texts", "headings, the one to prefer first; each whole, case and accents aside"),
            SOURCE,
        ),
    ),
    "entrepot.ownership",
    "links_headings.csv",
)

SHARE_WORDS = PackagedTable(
    Contract(
        name="share_words",
        meaning="Words that tables of owners have in place of a share, and the widest that each can mean.",
        grain=("reads", "reason"),
        columns=(
            Column("words", "texts", "what stands in the cell; case and runs of spaces aside"),
            Column(
                "reads",
                "text",
                "the share that it is read as, as a cell would have it: >50, 0-100; a sign alone: of an end",
            ),
            Column("reason", "text", "what it says"),
            SOURCE,
        ),
    ),
    "entrepot.ownership",
    "share_words.csv",
)

INTEREST_WORDS = PackagedTable(
    Contract(
        name="interest_words",
        meaning="Words for what ties an owner to what is owned, as exports of databases write them.",
        grain=("interest",),
        columns=(
            Column("words", "texts", "what stands in the cell; case, runs of spaces and low lines aside"),
            Column("interest", "text", "what it counts as", allowed=INTERESTS),
            Column("reason", "text", "why"),
            SOURCE,
        ),
    ),
    "entrepot.ownership",
    "interest_words.csv",
)

BODS_INTERESTS = PackagedTable(
    Contract(
        name="bods_interests",
        meaning="What each type of interest of the Beneficial Ownership Data Standard is held to be.",
        grain=("type",),
        columns=(
            Column("type", "text", "the type, as the standard calls it"),
            Column("interest", "text", "what it counts as", allowed=INTERESTS),
            Column("reason", "text", "why"),
            SOURCE,
        ),
    ),
    "entrepot.ownership",
    "bods_interests.csv",
)

OWNERSHIP_VERDICTS = Contract(
    name="ownership_verdicts",
    meaning="Whether a party falls under a listing of its owners by a rule on a day, by the owners on record.",
    grain=("ownership_id",),
    columns=(
        Column(
            "verdict",
            "text",
            "blocked; not_blocked: by the owners on record; cannot_be_excluded: by some of what the shares on record "
            "can be, or by who controls it where control is a criterion of the rule; "
            "to_confirm: not blocked by what is tied to a listing, and an owner has a name near a listed one; "
            "or what there is to say of the rule",
            allowed=(*VERDICTS, TO_CONFIRM, STATE_NOT_ON_RECORD, NOT_IN_FORCE),
        ),
        Column("party", "text", "name of the party"),
        Column("party_id", "text", "its id in the ownership data"),
        Column(
            "basis",
            "text",
            "listed: stands on a list itself; owned; near: an owner's name, or its own, is near a listed one; "
            "controlled: by a listed or blocked party, where control is a criterion of the rule; none",
            allowed=("listed", "owned", "near", CONTROLLED, "none"),
        ),
        Column("low_percent", "number", "least share of listed or blocked owners", unit="percent", low=0, high=100),
        Column("high_percent", "number", "most share of listed or blocked owners", unit="percent", low=0, high=100),
        Column(
            "unnamed_percent",
            "number",
            "share of which no owner is on record, at most",
            unit="percent",
            low=0,
            high=100,
        ),
        Column(
            "by_shares",
            "text",
            "the verdict if the rule applies; if it does not, not_blocked: the two outcomes where its state is not on "
            "record",
            allowed=(*VERDICTS, TO_CONFIRM),
        ),
        Column("reason", "text", "the verdict in one sentence"),
        Column(
            "chains",
            "texts",
            "from a listed party, or one with a name near, to this one, link by link",
            absent=("not_applicable",),
        ),
        Column("missing", "texts", "the shares that would settle it", absent=("not_applicable",)),
        Column(
            "worst_case",
            "texts",
            "one choice of shares that the record allows and that blocks the party",
            absent=("not_applicable",),
        ),
        Column(
            "controlled_by", "texts", "listed or blocked parties that control it otherwise", absent=("not_applicable",)
        ),
        Column(
            "to_confirm",
            "texts",
            "owners, or the party itself, that are tied to no listing and have a name near a listed one, each with the "
            "listing, the score and the case on which it is decided",
            absent=("not_applicable",),
        ),
        Column("listings", "texts", "the listings that it rests on, each with how the party was tied to it"),
        Column("programmes", "texts", "programmes of those listings, which are added", absent=("not_reported",)),
        Column("files", "texts", "files that the links are from", absent=("not_applicable",)),
        Column("rule", "text", "the rule"),
        Column("state_id", "text", "the state of the rule that day"),
        Column("as_of", "partial_date", "the day"),
        Column(
            "ownership_id",
            "text",
            "owned- and twelve digits: of what the row says and rests on, whatever the day",
            pattern="^owned-[0-9a-f]{12}$",
        ),
    ),
)

VERDICT_LINKS = Contract(
    name="verdict_links",
    meaning="The links that a verdict on ownership rests on, as they were when it was shown.",
    grain=("ownership_id", "file_id", "nth"),
    columns=(
        Column("ownership_id", "text", "the verdict"),
        *OWNERSHIP_LINKS.columns,
        Column("owner", "text", "name of the owner"),
        Column("owned", "text", "name of the owned"),
    ),
)

SHOWN: tuple[Shown, ...] = (
    Shown(
        OWNERSHIP_VERDICTS,
        "ownership_id",
        "a verdict on ownership (owned-…)",
        explain="entrepot.ownership.verdicts.verdict_explained:explain",
        rests=VERDICT_LINKS,
        listed_in=(OWNERSHIP_FILES.name,),
    ),
)
