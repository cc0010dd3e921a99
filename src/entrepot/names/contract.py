"""The word tables of the room: what is known of words, characters and syllables in names, each row with its source.

They make the scoring rule, together with the model: see docs/design/04-screening.md and 19-evidence.md.
"""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

_NONE = ("not_applicable",)
_SYLLABLE = "^[a-z]+$"  # of a romanisation, without tones
_SYLLABLES = "^[a-z]+( [a-z]+)*$"


def _packaged(contract: Contract, file: str) -> PackagedTable:
    return PackagedTable(contract, "entrepot.names", file)


WORDS = _packaged(
    Contract(
        name="name_words",
        meaning="Generic words of names, and words that firms are called by, with their translations.",
        grain=("word",),
        columns=(
            Column("word", "text", "the word in English, which stands for the others"),
            Column(
                "sort",
                "text",
                "what it says of a party: a trade narrows more than a rank; a brand and a place stand for themselves",
                allowed=("trade", "activity", "body", "rank", "brand", "place", "grammar"),
            ),
            Column(
                "weight",
                "number",
                "evidence that it carries; empty: that of its sort",
                unit="words of one's own",
                low=0,
                high=1,
                absent=_NONE,
            ),
            Column("english", "texts", "further English words", absent=_NONE),
            Column("han", "texts", "in Chinese", absent=_NONE),
            Column("cyrillic", "texts", "in Russian and Ukrainian, with marks of declension", absent=_NONE),
            Column("other", "texts", "in other languages", absent=_NONE),
            SOURCE,
        ),
    ),
    "words.csv",
)

LEGAL_FORMS = _packaged(
    Contract(
        name="legal_forms",
        meaning="Legal forms of firms as names write them, in all scripts; a family may have several rows.",
        grain=("family", "forms"),
        columns=(
            Column("family", "text", "the form that they are, or translate", pattern="^[a-z_]+$"),
            Column("forms", "texts", "spellings; ~ and ^ are marks of declension"),
            SOURCE,
        ),
    ),
    "legal_forms.csv",
)

LEGAL_ENDINGS = _packaged(
    Contract(
        name="legal_endings",
        meaning="Short legal forms that are words or names elsewhere: they count where a firm's name ends.",
        grain=("family", "forms"),
        columns=(
            Column("family", "text", "the form that they are, or translate", pattern="^[a-z_]+$"),
            Column("forms", "texts", "Latin letters without dots and spaces"),
            SOURCE,
        ),
    ),
    "legal_endings.csv",
)

NAME_PLACES = _packaged(
    Contract(
        name="name_places",
        meaning="Places that names of firms hold, outside the regions under a measure.",
        grain=("latin", "han"),
        columns=(
            Column("latin", "texts", "spellings in all scripts but Chinese, the one that is shown first"),
            Column("han", "texts", "spellings in Chinese, without the words for province and city"),
            SOURCE,
        ),
    ),
    "places.csv",
)

GIVEN_NAMES = _packaged(
    Contract(
        name="given_names",
        meaning="What bearers of a given name are called, and back.",
        grain=("name",),
        columns=(
            Column("name", "texts", "spellings of the given name"),
            Column("called", "texts", "short forms"),
            SOURCE,
        ),
    ),
    "given_names.csv",
)

GIVEN_SPELLINGS = _packaged(
    Contract(
        name="given_spellings",
        meaning="Spellings of one given name in Latin letters, as registers and passports romanise it.",
        grain=("spellings",),
        columns=(
            Column(
                "spellings",
                "texts",
                "the one that most listed parties have first; a name of another language, such as Andrew, is none",
            ),
            SOURCE,
        ),
    ),
    "given_spellings.csv",
)

ROMANISED_ELSEWHERE = _packaged(
    Contract(
        name="romanised_elsewhere",
        meaning="How other languages than English spell Russian names in Latin letters, in the order of replacement.",
        grain=("language", "part", "spelt"),
        columns=(
            Column("language", "text", "whose spelling it is"),
            Column("part", "text", "telling: a word of these letters is spelt so; letters: what is read otherwise"),
            Column("spelt", "text", "a regular expression over the lower-case letters of a word"),
            Column(
                "read",
                "text",
                "what English writes for it",
                absent=("not_applicable",),
            ),
            SOURCE,
        ),
    ),
    "romanised_elsewhere.csv",
)

SHIP_MARKS = _packaged(
    Contract(
        name="ship_marks",
        meaning="What stands beside a ship's name and is no part of it: MV, M/T, motor vessel, (tanker), 轮, a voyage.",
        grain=("stands",),
        columns=(
            Column(
                "stands",
                "text",
                "letters: before it, with points or strokes between or none; word: before it; label: before it and a "
                "colon; aside: in a bracket behind it; behind: behind Chinese characters; voyage: before the voyage's "
                "number behind it",
                allowed=("letters", "word", "label", "aside", "behind", "voyage"),
            ),
            Column("marks", "texts", "in small letters"),
            SOURCE,
        ),
    ),
    "ship_marks.csv",
)

INSTITUTIONS = _packaged(
    Contract(
        name="institutions",
        meaning="Words of `name_words` that name a house of its own kind, whatever it is called.",
        grain=("word",),
        columns=(
            Column("word", "text", "the word in English"),
            Column("note", "text", "why it tells two parties apart"),
            SOURCE,
        ),
    ),
    "institutions.csv",
)

FREQUENT = _packaged(
    Contract(
        name="frequent_words",
        meaning="Common words of names: in the names of how many parties of the OFAC, UN, UK and US consolidated lists "
        "they stand.",
        grain=("word",),
        columns=(
            Column("word", "text", "in Latin letters; * for all parties counted"),
            Column("parties", "integer", "parties with it in a name", unit="parties", low=1),
            SOURCE,
        ),
    ),
    "frequent.csv.gz",
)

PINYIN_SYLLABLES = _packaged(
    Contract(
        name="pinyin_syllables",
        meaning="Syllables of Hanyu Pinyin without tones; ü is u, and yu after n and l too.",
        grain=("syllable",),
        columns=(Column("syllable", "text", "the syllable", pattern=_SYLLABLE), SOURCE),
    ),
    "pinyin_syllables.csv",
)

HAN_READINGS = _packaged(
    Contract(
        name="han_readings",
        meaning="Mandarin readings of simplified characters, and how Wade and Giles spell them; of some the reading in "
        "names, where it is another than in running text.",
        grain=("pinyin",),
        columns=(
            Column("pinyin", "text", "the syllable without its tone", pattern=_SYLLABLE),
            Column("wade_giles", "text", "as Taiwan spells names, without apostrophes", pattern=_SYLLABLE),
            Column("characters", "text", "the characters that are read so"),
            SOURCE,
        ),
    ),
    "han_readings.csv.gz",
)

HAN_PHRASES = _packaged(
    Contract(
        name="han_phrases",
        meaning="Phrases that read otherwise than their characters alone.",
        grain=("phrase",),
        columns=(
            Column("phrase", "text", "in simplified characters"),
            Column("pinyin", "text", "its syllables without tones, a space between", pattern=_SYLLABLES),
            SOURCE,
        ),
    ),
    "han_phrases.csv.gz",
)

HAN_SIMPLIFIED = _packaged(
    Contract(
        name="han_simplified",
        meaning="Simplified characters with the traditional ones that they stand for.",
        grain=("simplified",),
        columns=(
            Column("simplified", "text", "one character", pattern="^.$"),
            Column("traditional", "text", "one character or more"),
            SOURCE,
        ),
    ),
    "han_simplified.csv.gz",
)

HAN_CANTONESE = _packaged(
    Contract(
        name="han_cantonese",
        meaning="Cantonese readings of common characters, as Hong Kong spells names.",
        grain=("reading",),
        columns=(
            Column("reading", "text", "the syllable without its tone", pattern=_SYLLABLE),
            Column("characters", "text", "the characters that are read so"),
            SOURCE,
        ),
    ),
    "han_cantonese.csv",
)

HAN_PALLADIUS = _packaged(
    Contract(
        name="han_palladius",
        meaning="How Russian writes the syllables of Chinese.",
        grain=("pinyin",),
        columns=(
            Column("pinyin", "text", "the syllable", pattern=_SYLLABLE),
            Column("palladius", "texts", "its spellings in Cyrillic, the commoner first"),
            SOURCE,
        ),
    ),
    "han_palladius.csv",
)

HAN_SURNAMES = _packaged(
    Contract(
        name="han_surnames",
        meaning="Chinese surnames, compound ones too.",
        grain=("surname",),
        columns=(
            Column("surname", "text", "in simplified characters"),
            Column("pinyin", "text", "its reading as a surname", pattern=_SYLLABLES),
            Column("hong_kong", "text", "as Hong Kong spells it", absent=("unknown",)),
            SOURCE,
        ),
    ),
    "han_surnames.csv",
)

HAN_GLOSSES = _packaged(
    Contract(
        name="han_glosses",
        meaning="What characters and words of Chinese brands are commonly translated to.",
        grain=("characters",),
        columns=(
            Column("characters", "text", "one character or a word"),
            Column("latin", "texts", "translations and elements of words"),
            SOURCE,
        ),
    ),
    "han_glosses.csv",
)
