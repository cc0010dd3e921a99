"""The tables of codes of the room: countries and groups of them, trading partners, goods."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.sources.contract import SOURCE_ID
from entrepot.sources.tables import RecordTable

_ROOM = "entrepot.vocabulary"
_NONE = ("not_applicable",)
_ISO2 = Column("iso2", "text", "ISO 3166-1 alpha-2 code", pattern="^[A-Z]{2}$")
_ISO3 = Column("iso3", "text", "ISO 3166-1 alpha-3 code", pattern="^[A-Z]{3}$")

COUNTRIES = RecordTable(
    Contract(
        name="countries",
        meaning="Countries and territories with their ISO 3166-1 codes and English names.",
        grain=("iso2",),
        columns=(_ISO2, _ISO3, Column("name", "text", "English name (CLDR)"), SOURCE_ID),
    ),
    _ROOM,
    "countries.csv",
)

COUNTRY_NAMES = PackagedTable(
    Contract(
        name="country_names",
        meaning="What countries are called in English, Chinese and Russian, as lists and desks print it.",
        grain=("iso2",),
        columns=(_ISO2, Column("names", "texts", "names, the usual English one first"), SOURCE),
    ),
    _ROOM,
    "country_names.csv",
)

MORE_COUNTRY_NAMES = PackagedTable(
    Contract(
        name="country_names_more",
        meaning="What countries are called in some forty languages, their formal names, and spellings of desks.",
        grain=("iso2",),
        columns=(_ISO2, Column("names", "texts", "names that are not among `country_names`"), SOURCE),
    ),
    _ROOM,
    "country_names_more.csv.gz",
)

COUNTRY_POINTS = PackagedTable(
    Contract(
        name="country_points",
        meaning="Where a map writes a country: a point set by hand inside it, no measurement.",
        grain=("iso3",),
        columns=(
            _ISO3,
            Column("lon", "number", "longitude, in whole degrees", unit="degrees", low=-180, high=180),
            Column("lat", "number", "latitude, in whole degrees", unit="degrees", low=-90, high=90),
            SOURCE,
        ),
    ),
    _ROOM,
    "country_points.csv",
)

INDUSTRIES = PackagedTable(
    Contract(
        name="industries",
        meaning="Industries as statistics by industry have them, with the chapters of the Harmonized System that most "
        "of their goods stand in: wide, for asking which measures may touch them, and no concordance.",
        grain=("code",),
        columns=(
            Column("code", "text", "classification and code", pattern=r"^[A-Z]+ \d+$"),
            Column("name", "text", "what it is called"),
            Column("hs", "texts", "chapters of the Harmonized System"),
            SOURCE,
        ),
    ),
    _ROOM,
    "industries.csv",
)

GROUPS = PackagedTable(
    Contract(
        name="groups",
        meaning="Who was in a group of countries, and when.",
        grain=("group", "member", "start"),
        columns=(
            Column("group", "text", "the group", allowed=("ASEAN", "EAEU", "EU")),
            Column("member", "text", "ISO 3166-1 alpha-3 code", pattern="^[A-Z]{3}$"),
            Column("start", "partial_date", "first day"),
            Column("end", "partial_date", "last day; empty: a member still", absent=_NONE),
            SOURCE,
        ),
    ),
    _ROOM,
    "groups.csv",
)

PARTNERS = PackagedTable(
    Contract(
        name="partners",
        meaning="Trading partners as publishers of trade statistics name and number them, and aggregates among them.",
        grain=("code",),
        columns=(
            Column("code", "text", "alpha-3 code; + and words for what is no country", pattern=r"^\+?[A-Z0-9-]+$"),
            Column("kind", "text", "what it is", allowed=("country", "former", "residual", "aggregate")),
            Column("numbers", "texts", "numbers of the UN (M49, Comtrade), without leading zeros", absent=_NONE),
            Column("names", "texts", "names as printed, beside those of `country_names`", absent=_NONE),
            SOURCE,
        ),
    ),
    _ROOM,
    "partners.csv",
)

PARTNER_NAMES = PackagedTable(
    Contract(
        name="partner_names",
        meaning="Trading partners as publishers print them, beside the names of `partners` and `country_names`.",
        grain=("code", "source"),
        columns=(
            Column("code", "text", "a code of `partners`", pattern=r"^\+?[A-Z0-9-]+$"),
            Column("names", "texts", "names as printed, in any of the publisher's languages"),
            SOURCE,
        ),
    ),
    _ROOM,
    "partner_names.csv",
)

NATIONAL_NUMBERS = PackagedTable(
    Contract(
        name="national_numbers",
        meaning="Numbers of trading partners in the own list of a national office, where it is not that of the UN.",
        grain=("reporter", "number"),
        columns=(
            Column("reporter", "text", "whose list it is, ISO alpha-3", pattern=r"^[A-Z]{3}$"),
            Column("number", "text", "without leading zeros", pattern=r"^\d+$"),
            Column("code", "text", "a code of `partners`", pattern=r"^\+?[A-Z0-9-]+$"),
            SOURCE,
        ),
    ),
    _ROOM,
    "national_numbers.csv.gz",
)

UNLISTED_NUMBERS = PackagedTable(
    Contract(
        name="unlisted_numbers",
        meaning="Offices that number trading partners by a list of their own which is not in `national_numbers`.",
        grain=("reporter",),
        columns=(
            Column("reporter", "text", "whose list it is, ISO alpha-3", pattern=r"^[A-Z]{3}$"),
            Column("office", "text", "who numbers so"),
            SOURCE,
        ),
    ),
    _ROOM,
    "unlisted_numbers.csv",
)

PLACE_WORDS = PackagedTable(
    Contract(
        name="place_words",
        meaning="Words in names of places that are shortened, that join others, or that say the form of a state.",
        grain=("word",),
        columns=(
            Column("word", "text", "in small letters without accents"),
            Column("kind", "text", "what it is", allowed=("form", "joining", "short")),
            Column("means", "texts", "what a short word stands for", absent=_NONE),
            SOURCE,
        ),
    ),
    _ROOM,
    "place_words.csv",
)

HS_CODES = PackagedTable(
    Contract(
        name="hs_codes",
        meaning="Chapters, headings and subheadings of HS 2022, and the subheadings of HS 2017 that it dropped.",
        grain=("code",),
        columns=(
            Column("code", "text", "2, 4 or 6 digits", pattern=r"^(\d\d){1,3}$"),
            Column("description", "text", "what it says; empty: a dropped code", absent=_NONE),
            Column("became", "texts", "the codes of HS 2022 that took the place of a dropped one", absent=_NONE),
            SOURCE,
        ),
    ),
    _ROOM,
    "hs.csv.gz",
)
