"""What is held and shown of cooperation across the border. See docs/design/51-cooperation.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.sources.contract import CORRECTED, KNOWN_ON, KNOWN_ON_BASIS, NOTE, QUALITY, SOURCE_ID
from entrepot.sources.tables import RecordTable

EVENT_KINDS = ("agreement", "memorandum", "meeting", "drill")
_NONE = ("not_applicable",)
_COUNTRIES = Column("countries", "texts", "ISO alpha-2 codes of those who take part")

COOPERATION = Contract(
    name="cooperation",
    meaning="Agreements, memoranda, meetings and joint drills across the border, beside the agreements that `events` "
    "holds.",
    grain=("id",),
    columns=(
        Column("id", "text", "G and three digits", pattern=r"^G\d{3}$"),
        Column("date", "partial_date", "when it happened; where the title says so, when it was told"),
        Column("date_to", "partial_date", "its last day, included, of several", absent=_NONE),
        Column("kind", "text", "what sort of event", allowed=EVENT_KINDS),
        Column(
            "field",
            "text",
            "what it is about; zone: the cooperation centre at Khorgos",
            allowed=("general", "security", "tourism", "trade", "transport", "zone"),
        ),
        Column("place_id", "texts", "places of the record that it is about", absent=_NONE),
        Column("place", "text", "where it took place, as printed", absent=("not_reported",)),
        _COUNTRIES,
        Column("actors", "texts", "who acted"),
        Column("title", "text", "one line"),
        SOURCE_ID,
        QUALITY,
        KNOWN_ON,
        KNOWN_ON_BASIS,
        CORRECTED,
        NOTE,
    ),
)

CORRIDOR_COOPERATION = Contract(
    name="corridor_cooperation",
    meaning="What is told of cooperation across the border, by date: events, visitors of the cooperation centre at "
    "Khorgos by year, and Chinese-financed projects out of a person's file.",
    grain=("cooperation_id",),
    columns=(
        Column("date", "partial_date", "day, month or year; of a project the year in which the money was committed"),
        Column("date_to", "partial_date", "its last day, of several", absent=_NONE),
        Column("kind", "text", "what sort of row", allowed=(*EVENT_KINDS, "visitors", "project")),
        Column("field", "text", "what it is about; of a project its sector", absent=("not_reported",)),
        Column("place_id", "texts", "places that it is about; of a project those its title names", absent=_NONE),
        Column("countries", "texts", "ISO alpha-2 codes"),
        Column("what", "text", "one line"),
        Column("actors", "texts", "who acted", absent=("not_reported",)),
        Column("value", "number", "visitors, or dollars of 2017", unit="unit", absent=("unknown", "not_applicable")),
        Column("low", "number", "lower end of 95 in 100", unit="unit", absent=("unknown", "not_applicable")),
        Column("high", "number", "its upper end", unit="unit", absent=("unknown", "not_applicable")),
        Column("unit", "text", "unit of the value", absent=_NONE),
        Column("state", "text", "how it stands: of visitors as in `corridor_series`, of projects as AidData says"),
        Column("rests_on", "texts", "rows of the record; of a project the id of AidData and the place in the file"),
        Column("basis", "text", "how it is known"),
        Column("cooperation_id", "text", "for `entrepot explain`", pattern=r"^coop-[0-9a-f]{12}$"),
    ),
)

TABLES = (RecordTable(COOPERATION, "entrepot.corridors", "cooperation.csv"),)

SHOWN = (
    Shown(
        CORRIDOR_COOPERATION,
        "cooperation_id",
        "an event, a year of visitors or a project of cooperation (coop-…)",
        finding="entrepot.corridors.cooperation.cooperation_shown:finding",
    ),
)
