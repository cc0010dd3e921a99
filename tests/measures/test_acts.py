"""Every measure file is sound, and a broken one says where and how."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.measures.act import BASES, DIRECTIONS, KINDS, STATUSES, VERIFIED
from entrepot.measures.act_files import read_act
from entrepot.measures.measure import measures
from entrepot.vocabulary.regions.region_files import regions

# Those that were asked for first: none may go. A new one need not be added.
ASKED_FOR = {
    "bis-entity-list",
    "cbp-wro",
    "cn-countermeasures",
    "eu-crimea",
    "eu-csddd",
    "eu-flr",
    "khorgos-allowance",
    "ofac-xinjiang",
    "uflpa",
    "us-crimea",
    "us-de-minimis",
    "us-section-201-solar",
    "us-section-301-china",
    "us-solar-adcvd-2012",
    "us-solar-adcvd-2025",
    "us-solar-circumvention-2023",
    "us-solar-petitions-2025",
}


def test_every_file_is_read_and_every_measure_asked_for_is_there():
    folder = files("entrepot.measures") / "data" / "acts"
    written = {e.name.removesuffix(".toml") for e in folder.iterdir() if e.name.endswith(".toml")}
    assert {m.id for m in measures()} == written
    assert written >= ASKED_FOR


def test_the_page_on_measures_lists_each_of_them_and_each_closed_word():
    page = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
    for word in (*(m.id for m in measures()), *VERIFIED, *BASES, *KINDS, *STATUSES, *DIRECTIONS):
        assert f"`{word}`" in page, f"docs/measures.md does not name {word}"


def test_every_part_has_a_citation_and_a_source_that_the_file_defines():
    for act in measures():
        defined = {s.id for s in act.sources}
        for part in act.parts:
            assert part.citation
            assert part.sources
            assert set(part.sources) <= defined, (act.id, part.id)


def test_a_source_without_address_says_so_and_no_clone_is_linked():
    for act in measures():
        for source in act.sources:
            assert bool(source.url) == (source.url_basis != "none"), source.id
            assert source.source_kind != "clone" or not source.url, source.id


def test_no_text_says_that_a_firm_uses_forced_labour():
    for act in measures():
        for part in act.parts:
            for phrase in ("uses forced labour", "used forced labour", "guilty"):
                assert phrase not in part.text.casefold(), (act.id, part.id)


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('kind = "import_ban"', 'kind = "import_bann"', "kind", "import_ban"),
        ('short = "UFLPA"', 'short = "UFLPA"\ncolour = "red"', "colour", "a known key"),
        ('verified = "confirmed"', 'verified = "certain"', "verified", "official"),
        (
            "from = 2022-06-21\nknown_from",
            'from = "June 2022"\nknown_from',
            "provision presumption.from",
            "2024-11",
        ),
        ('citation = "Public Law 117-78, section 3(a)"\n', "", "provision presumption.citation", "a value"),
        ('"s-uflpa-law", "s-uflpa-steptoe"', '"s-uflpa-lav"', "provision presumption.sources", "s-uflpa-law"),
        ('prefix = "0702"', 'prefix = "070"', "prefix", "2, 4 or 6 digits"),
        ('prefix = "0702", basis = "read"', 'prefix = "0702", basis = "guess"', "basis", "named"),
        ("\npresumption = false", '\npresumption = "no"', "presumption", "true or false"),
        ('counts_from = "presented"', 'counts_from = "yesterday"', "counts_from", "presented"),
        ("days = 5", "days = 0", "days", "1 or more"),
        ('id = "list-ii"', 'id = "list-i"', "id", "each id once"),
        ('jurisdiction = "US"', 'jurisdiction = "USA"', "jurisdiction", "two capital letters"),
        ('id = "uflpa"\ntitle', 'id = "ufpla"\ntitle', "id", "the file's name"),
        (
            "from = 2022-06-21\nknown_from",
            "from = 2022-06-21\nto = 2021-01-01\nknown_from",
            "to",
            "not before",
        ),
        ("from = 2022-06-21\nknown_from", "from = 2022-06-21\nto_known_from = 2022-06-21\nknown_from", "to", "to"),
        (
            "from = 2022-06-21\nknown_from",
            "from = 2022-06-21\nsuspended_to = 2022-07-01\nknown_from",
            "suspended_to",
            "a day after to",
        ),
    ],
)
def test_a_slip_in_a_file_names_the_file_the_key_and_what_was_expected(uflpa_text, old, new, key, expected):
    assert old in uflpa_text
    with pytest.raises(UnreadableFileError) as caught:
        read_act("uflpa.toml", uflpa_text.replace(old, new, 1))
    message = str(caught.value)
    assert message.startswith(("uflpa.toml: ", "uflpa.toml, line "))
    assert key in message
    assert expected in message
    assert caught.value.exit_code == 2


def test_overlapping_periods_of_one_sector_are_refused(uflpa_text):
    twin = uflpa_text.replace('id = "pvc"\nname = "Polyvinyl chloride (PVC)"', 'id = "pvc"\nname = "Aluminium"')
    with pytest.raises(UnreadableFileError, match=r"sector pvc\.from .* overlap"):
        read_act("uflpa.toml", twin)


def test_a_source_that_nobody_cites_is_refused(uflpa_text):
    spare = '\n[[source]]\nid = "s-spare"\npublisher = "P"\ntitle = "T"\n'
    spare += 'url_basis = "none"\nsource_kind = "none"\n'
    with pytest.raises(UnreadableFileError, match="s-spare"):
        read_act("uflpa.toml", uflpa_text + spare)


def test_what_is_no_toml_says_the_line():
    with pytest.raises(UnreadableFileError, match=r"x\.toml: .*line 1"):
        read_act("x.toml", "id = \nkind = 1")


@pytest.mark.shared
def test_every_row_of_the_record_that_a_part_cites_exists(shared, record):
    keys = {
        "events": "id",
        "rules": "id",
        "due_diligence_rules": "rule_id",
        "cbp_withhold_release_orders": "id",
        "us_ofac_xinjiang": "uid",
    }
    known = {row[k] for name, k in keys.items() for row in _rows(shared, name)}
    known |= set(record.tables["rules"].column("id").to_pylist())
    for act in measures():
        clock_rows = act.clock.rows if act.clock else ()
        for row in (*clock_rows, *(r for p in act.parts for r in p.rows)):
            assert row in known, (act.id, row)


@pytest.mark.shared
def test_the_plan_of_a_brief_names_places_pairs_and_kinds_that_the_record_has(shared):
    places = {r["place_id"] for r in _rows(shared, "places")}
    pairs = {p for r in _rows(shared, "observations") for p in (r["place_id"], f"{r['place_id']}/{r['partner']}")}
    kinds = {r["kind"] for r in _rows(shared, "events")}
    products = {r["product"] for r in _rows(shared, "solar_exports_quarterly")}
    for act in measures():
        known = places | {r.id for r in regions()}
        assert set(act.territory) <= known, act.id
        plan = act.brief
        if plan is not None:
            assert {plan.territory} - {""} <= known, act.id
            assert {plan.enforcement, *plan.crossings} - {""} <= places, act.id
            assert set(plan.trade_pairs) <= pairs, act.id
            assert {*plan.events, *plan.risks} <= kinds, act.id
            assert set(plan.flow_products) <= products, act.id


@pytest.mark.shared
def test_a_part_starts_on_the_day_of_a_row_that_it_rests_on(shared):
    days = {r["rule_id"]: r["effective_from"] for r in _rows(shared, "due_diligence_rules")}
    days |= {r["id"]: r["effective"] or r["date"] for r in _rows(shared, "events")}
    days |= {r["id"]: r["effective_date"] for r in _rows(shared, "cbp_withhold_release_orders")}
    apart = {
        "tranche-2020-06": "its row is the release of July 2020, which counts it",
        "affiliates-after": "its row is the suspension, which ends the day before",
        "delay-2025": "its row is the deadline that the delay set",
        "use-by": "its row is the end of the waiver, the day before",
        "applicability": "its rows are the guidance of 2023; the act and its first guidance are of June 2022",
    }
    for act in measures():
        for part in act.parts:
            dated = {days[r] for r in part.rows if days.get(r)}
            if dated and part.id not in apart:
                assert part.start in dated, (act.id, part.id, part.start, dated)


@pytest.mark.shared
def test_each_withhold_release_order_stands_in_the_measure(shared):
    (act,) = (m for m in measures() if m.id == "cbp-wro")
    cited = {r for p in act.parts for r in p.rows if r.startswith("W")}
    assert cited == {r["id"] for r in _rows(shared, "cbp_withhold_release_orders")}


@pytest.mark.shared
def test_each_ofac_designation_stands_under_its_day(shared):
    (act,) = (m for m in measures() if m.id == "ofac-xinjiang")
    ours = {r: p.start for p in act.parts for r in p.rows if r.isdigit()}
    assert ours == {r["uid"]: r["designated_on"] for r in _rows(shared, "us_ofac_xinjiang")}


def _rows(shared, name):
    with (shared / "embed" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
