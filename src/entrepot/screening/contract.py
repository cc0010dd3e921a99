"""The tables of the room: matches, and what the lists covered."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable

NAME_KINDS = ("name", "alias", "former_name", "chinese_name", "probable_chinese_name")
KINDS = ("listing", "owned", "part", "region")  # of matches and cases, in the order in which a person takes them up
COMPARED = ("listing", "owned")  # kinds that lists and ownership data change, and not the party alone
PARTY_KINDS = ("any", "person", "company", "vessel")
_REGION_ONLY = ("not_applicable",)
_ROW = "row of the input as a spreadsheet numbers it, headings and blank ones counted; of JSON the objects count"

_CASE = Column(
    "case_id",
    "text",
    "case- and 12 digits of the hash of the party's key and name and of the listed entity: the same in every run",
    pattern="^case-[0-9a-f]{12}$",
)

PARTIES = Contract(
    name="parties",
    meaning="Parties to screen, as the matching step takes them: one party of one row of the input.",
    grain=("row", "column"),
    columns=(
        Column("row", "integer", _ROW, low=1),
        Column("column", "text", "column of the input that holds the party"),
        Column("name", "text", "the party's name as given", absent=("not_reported",)),
        Column("country", "text", "its country as given", absent=("not_reported",)),
        Column("address", "text", "its address as given", absent=("not_reported",)),
        Column("identifier", "text", "its identifier as given", absent=("not_reported",)),
        Column("birth_year", "text", "its year of birth", absent=("not_reported",), pattern=r"^\d{4}$"),
        Column("numbers", "texts", "its identifiers that are no person's documents, each kind:normal form"),
        Column("documents", "texts", "its documents, each kind:keyed hash; none where no list holds any"),
        Column("shared", "texts", "which of these may describe another party of the row"),
        Column("kind", "text", "what it is: any where that is not known", allowed=PARTY_KINDS),
        Column("readings", "texts", "other ways to put together a name that stands in several columns"),
        Column("key", "text", "the number by which the user's system knows it", absent=("not_reported",)),
        Column("beside", "texts", "cells that the user wants to see, each heading: cell"),
        Column("other_names", "texts", "other names of the party, as other columns give them"),
        Column("other_columns", "texts", "the columns that they stand in, in the same order"),
    ),
    version=5,
)

MATCHES = Contract(
    name="matches",
    meaning="Parties that met a listing by name (kind listing), that met by name a party which nobody lists and which "
    "falls under a listing of its owners (kind owned), whose name says that they are a part of a listed party "
    "(kind part), or that an address, a number, a country column or a name places in a region under a measure (kind "
    "region). A match is a question to answer, not a verdict; no match is not 'not listed'.",
    grain=("match_id",),
    columns=(
        Column(
            "match_id",
            "text",
            "match- and 12 digits of the hash of all that the row says; case and entry apart",
            pattern="^match-[0-9a-f]{12}$",
        ),
        Column(
            "kind",
            "text",
            "listing: a listed name was met; owned: the name of a party was met that falls under a listing of its "
            "owners by a rule, or may; part: the name is that of a part of a listed party; region: the party is "
            "placed in a region under a measure",
            allowed=KINDS,
        ),
        Column("row", "integer", _ROW, low=1),
        Column("party_column", "text", "column of the input that holds the party"),
        Column("party", "text", "its name as given; one in several columns is joined", absent=("not_reported",)),
        Column("party_key", "text", "the number by which the user's system knows it", absent=("not_reported",)),
        Column("country", "text", "its country as given", absent=("not_reported",)),
        Column("address", "text", "its address as given", absent=("not_reported",)),
        Column("identifier", "text", "its identifier as given; no document of a person", absent=("not_reported",)),
        Column("birth_year", "text", "its year of birth", absent=("not_reported",), pattern=r"^\d{4}$"),
        Column("beside", "texts", "cells of the row that the user wants to see, each heading: cell"),
        Column(
            "score",
            "number",
            "probability that the two are one party, by the names and what is known beside them; 1: one text",
            low=0,
            high=1,
            absent=_REGION_ONLY,
        ),
        Column(
            "name_score",
            "number",
            "the same by the names alone; empty where the party has none",
            low=0,
            high=1,
            absent=(*_REGION_ONLY, "not_reported"),
        ),
        Column("list_id", "text", "the list; of an owned party owned- and the rule", absent=_REGION_ONLY),
        Column("entity_id", "text", "the listed entity; of an owned party its verdict", absent=_REGION_ONLY),
        Column("listed_name", "text", "the entity's name on the list that day", absent=_REGION_ONLY),
        Column("met_name", "text", "the name that was met", absent=_REGION_ONLY),
        Column(
            "name_kind",
            "text",
            "what the met name is to the entity; probable_chinese_name: paired with it by pinyin only",
            allowed=NAME_KINDS,
            absent=_REGION_ONLY,
        ),
        Column("section", "text", "sections under which it stood that day", absent=("not_applicable", "unknown")),
        Column("valid_from", "partial_date", "first day of the listing", absent=(*_REGION_ONLY, "unknown")),
        Column("valid_to", "partial_date", "first day on which it no longer holds", absent=("not_applicable",)),
        Column(
            "status",
            "text",
            "in_force that day, or may_be_in_force where the source gives only a month or year, or shares do not tell",
            allowed=("in_force", "may_be_in_force"),
            absent=_REGION_ONLY,
        ),
        Column(
            "certainty",
            "text",
            "how well the met name is dated",
            allowed=("dated", "since_at_least"),
            absent=_REGION_ONLY,
        ),
        Column(
            "basis",
            "text",
            "what made the match: the name, the address, the country column, the credit code, or another number",
            allowed=("name", "address", "country", "credit_code", "identifier"),
        ),
        Column("place_id", "text", "the place in the region", absent=("not_applicable",)),
        Column("place", "text", "its name", absent=("not_applicable",)),
        Column("span", "text", "the words or characters that name it", absent=("not_applicable",)),
        Column(
            "strength",
            "text",
            "certain, or possible where the words, or of an owned party the shares, can mean something else; of a "
            "listing empty",
            allowed=("certain", "possible"),
            absent=("not_applicable",),
        ),
        Column("reasons", "texts", "why, one sentence each"),
        Column("source_id", "text", "the source of the listing or of the place", absent=("unknown",)),
        Column(
            "list_as_of",
            "partial_date",
            "day of the last change to the list that the record holds",
            absent=(*_REGION_ONLY, "unknown"),
        ),
        Column("as_of", "partial_date", "the day as of which the party was screened"),
        Column(
            "list_sha256",
            "text",
            "hash of the list: of the publisher's file, or of the names searched where it is the record's",
            absent=(*_REGION_ONLY, "unknown"),
            pattern="^[0-9a-f]{64}$",
        ),
        Column(
            "rule",
            "text",
            "what scored it: declared version, hash of model, words and points; the same rule gives the same score",
            absent=_REGION_ONLY,
            pattern="^rule-([0-9]+-)?[0-9a-f]{12}$",
        ),
        Column(
            "evidence",
            "text",
            "JSON: kind, start, each feature with value, points in log-odds, words and places; it redoes the score",
            absent=_REGION_ONLY,
        ),
        _CASE,
        Column(
            "entry",
            "text",
            "entry- and 12 digits of the hash of all that the list says of the entity, its file and day left out; "
            "since 2026-11-30 12 more, of addresses, remarks, days of birth and which names are weak",
            absent=(*_REGION_ONLY, "unknown"),
            pattern="^entry-[0-9a-f]{12}(-[0-9a-f]{12})?$",
        ),
        Column("joined", "text", "why its entry is taken to be that of another, in one case", absent=_REGION_ONLY),
    ),
    version=3,
)

STATES = ("returned", "disputed", "open", "unsure", "second", "true", "false")  # as cases stand in a table
QUIET = ("false",)  # states of cases that are not shown unless they are asked for
UNDECIDED = ("returned", "disputed", "open", "unsure", "second")
_UNDECIDED = ("not_applicable",)

CASES = Contract(
    name="cases",
    meaning="What a person decides on: one party and one listed entity, whatever lists and names of theirs met, or one "
    "party and a region under a measure. Worst first. A case is a question, not a verdict.",
    grain=("case_id",),
    columns=(
        _CASE,
        Column(
            "state",
            "text",
            "open: nobody has decided; unsure: somebody could not; second: decided once, a second person is needed; "
            "disputed: two people decided differently without seeing one another's decision; true or false: decided; "
            "returned: it was false, and something changed since",
            allowed=STATES,
        ),
        Column("kind", "text", "listing, owned, part or region, as of its worst match", allowed=KINDS),
        Column("party_key", "text", "the party's own number in the file", absent=("not_applicable", "not_reported")),
        Column("party", "text", "the party's name as given", absent=("not_reported",)),
        Column("row", "integer", _ROW, low=1),
        Column("rows", "integer", "how many rows of the input hold the party", low=1),
        Column("country", "text", "its country as given, of the row named", absent=("not_reported",)),
        Column("address", "text", "its address as given, of the row named", absent=("not_reported",)),
        Column("identifier", "text", "its identifier as given; no document of a person", absent=("not_reported",)),
        Column("birth_year", "text", "its year of birth", absent=("not_reported",), pattern=r"^\d{4}$"),
        Column("listed_name", "text", "the entity's name on the list that is met best; of a region the place"),
        Column("lists", "texts", "the lists that name it; of a region its id"),
        Column("entities", "texts", "the entries, each list:entity; of a region its places"),
        Column("score", "number", "the highest of its matches", low=0, high=1, absent=_REGION_ONLY),
        Column("met_name", "text", "the name that was met best", absent=_REGION_ONLY),
        Column(
            "strength",
            "text",
            "of an owned party, a part and a region, certain or possible",
            allowed=("certain", "possible"),
            absent=("not_applicable",),
        ),
        Column("why", "text", "the first reason of the match that scores highest"),
        Column("profile", "text", "what the lists say of the entity, in a line", absent=(*_REGION_ONLY, "unknown")),
        Column("link", "text", "where its publishers print it", absent=(*_REGION_ONLY, "unknown")),
        Column("changed", "texts", "what changed since it was decided false, one sentence each"),
        Column("decided_by", "text", "who decided last", absent=_UNDECIDED),
        Column("decided_at", "text", "when, UTC", absent=_UNDECIDED, pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"),
        Column("decision_why", "text", "why, in their words", absent=(*_UNDECIDED, "suppressed")),
        Column("joined", "texts", "why its entries are taken to be one, one sentence each"),
        Column("redacted", "texts", "personal fields that were taken out of the decision: a record leaves them out"),
        Column("match_ids", "texts", "its matches, the highest score first"),
        Column("as_of", "partial_date", "the day as of which the party was screened"),
        Column(
            "against", "texts", "of a disputed case the decisions that stand against one another, one sentence each"
        ),
        Column(
            "decisions_counted",
            "texts",
            "where two people must decide it false (four eyes), the decision of each who did, one sentence each",
        ),
    ),
)


RESCREENED = Contract(
    name="rescreened",
    meaning="What changed since an earlier screening: in the matches with listings and with owned parties, in the "
    "parts of listed parties and in the flags for a region. Several grounds for one place are one row.",
    grain=("row", "party_column", "list_id", "entity_id", "kind", "change"),
    columns=(
        Column(
            "change",
            "text",
            "new: matched now, not then; vanished: then, not now; changed: both times, but the entry or the match "
            "says something else",
            allowed=("new", "vanished", "changed"),
        ),
        Column("row", "integer", _ROW, low=1),
        Column("party_column", "text", "column of the input that holds the party"),
        Column("party", "text", "the party's name as given", absent=("not_reported",)),
        Column("party_key", "text", "the number by which the user's system knows it", absent=("not_reported",)),
        Column("list_id", "text", "the list; of a flag the region"),
        Column("entity_id", "text", "the listed entity; of a flag the place in the region"),
        Column("listed_name", "text", "its name on the list; then, where the match vanished; of a flag the place"),
        Column(
            "met_name",
            "text",
            "the name that was met; then, where the match vanished; of a part the name of the whole",
            absent=_REGION_ONLY,
        ),
        Column("score", "number", "of the match now", low=0, high=1, absent=("not_applicable",)),
        Column("score_before", "number", "of the match then", low=0, high=1, absent=("not_applicable",)),
        Column("details", "texts", "what changed, one sentence each"),
        Column("match_id", "text", "the match now", absent=("not_applicable",)),
        Column("match_id_before", "text", "the match then", absent=("not_applicable",)),
        Column("as_of", "partial_date", "the day as of which it is screened now"),
        Column("as_of_before", "partial_date", "the day as of which it was screened then"),
        _CASE,
        Column("kind", "text", "listing, owned, part or region, as in the matches", allowed=KINDS),
    ),
    version=3,
)

RUNS = Contract(
    name="runs",
    meaning="What an earlier screening was of, kept in the store under the hash of its file of results and its place.",
    grain=("id",),
    columns=(
        Column("id", "text", "run- and 16 digits of the hash of the file of results and its place"),
        Column("parties", "text", "path of the file that was screened", absent=("not_applicable",)),
        Column("parties_sha256", "text", "its hash"),
        Column("name_columns", "texts", "columns that held parties, where they were named"),
        Column("address_columns", "texts", "columns that held addresses, where they were named"),
        Column("country_columns", "texts", "columns that held countries, where they were named"),
        Column("key_columns", "texts", "the column with the user's own number, where it was named"),
        Column("keep_columns", "texts", "columns that come out with the results"),
        Column("mapping", "texts", "what each column was said to hold, each a JSON array, where a mapping was given"),
        Column("sheet", "text", "the sheet, where it was named", absent=("not_applicable",)),
        Column("encoding", "text", "the encoding, where it was named", absent=("not_applicable",)),
        Column("kind", "text", "what the parties are, where it was said", absent=("not_applicable",)),
        Column("min_score", "number", "lowest score of a match", low=0, high=1),
        Column("as_of", "partial_date", "the day as of which it was screened"),
        Column("rule", "text", "the rule that scored"),
        Column("regions", "texts", "the regions that were looked for, where they were named"),
        Column("lists", "texts", "the lists, each list_id:hash"),
        Column(
            "digests",
            "text",
            "base64 of 8 bytes of a hash of each party and 4 of its row, of up to 200,000 parties",
            absent=("not_applicable",),
        ),
    ),
)

_NONE = ("not_applicable",)

POINTS = PackagedTable(
    Contract(
        name="particulars_points",
        meaning="What is known beside the names is worth, each with its arithmetic.",
        grain=("feature", "outcome"),
        columns=(
            Column(
                "feature",
                "text",
                "what is compared; name: of what the name is worth where a number meets, or where it is only probable",
                allowed=("birth_year", "country", "identifier", "document", "script", "name"),
            ),
            Column("outcome", "text", "how it compares"),
            Column("points", "number", "what that adds", unit="log-odds"),
            Column("reason", "text", "the arithmetic, and what it rests on"),
            SOURCE,
        ),
    ),
    "entrepot.screening",
    "points.csv",
)

SHOWN = (
    Shown(MATCHES, "match_id", "a match", "entrepot.screening.matching.match_explained:explain"),
    Shown(CASES, "case_id", "a case (case-…)", "entrepot.screening.cases.case_explained:explain"),
)
