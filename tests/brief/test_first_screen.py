"""The first screen: five readers' questions, each with figures and their source; about fifteen figures in all."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from entrepot.brief import first_screen
from entrepot.brief.compose import _context, brief
from entrepot.brief.render import _line_sources
from entrepot.brief.report import Sentence, plain_text
from entrepot.core import findings
from entrepot.desk.desk import Desk
from entrepot.measures import measure as measures
from entrepot.measures.measure import known
from entrepot.record.layers import record_of


def said(report):
    return {t: " ".join(plain_text(x.in_short or x.says) for x in lines) for t, lines in report.first.items()}


def shown(report):
    """Every figure that the first screen prints, in words or beside a bar."""
    lines = [line for lines in report.first.values() for line in lines]
    return {f.id for x in lines for f in (x.in_short or x.says).figures.values()} | {f.id for f in report.lead.figures}


@pytest.mark.parametrize(
    ("asked", "test", "answers"),
    [
        ("is it beaten", "direct", ("Xinjiang’s exports to the United States rose to USD 2.5 billion", "+273.4 %")),
        ("who is hit", "pressure", ("187 entities", "by sector cotton 53")),
        (
            "what is stopped now",
            "pressure",
            ("shipments refused rose to 5,806 shipments", "1,977 shipments in those months of 2024"),
        ),
        (
            "where did solar go",
            "third",
            ("wafers to Laos", "panels rose most to Pakistan from"),
        ),
        ("how busy is Khunjerab against 2019", "corridors", ("40,900 tonnes", "at least 61.4 % of those months")),
    ],
)
def test_a_question_is_answered_in_words(uflpa, asked, test, answers):
    words = said(uflpa.report)[test]
    assert all(a in words for a in answers), (asked, words)
    assert all(x.figures and all(f.sources for f in x.figures) for x in uflpa.report.first[test])


def test_who_is_hit_leads_to_every_name_and_firms_say_what_is_not_known(uflpa):
    first = uflpa.html.partition("<nav")[0]
    assert re.findall(r"who is hit most(?:(?!</li>).)*", first)[0].endswith(
        '<a class="from" href="#parties">all by name</a>'
    )
    assert first.count("all by name") == 1
    assert "Firms that gave up a site, services or buying, on record; firms that came, on record: the printed" in first


def test_the_answer_stands_first_and_says_what_would_settle_it(uflpa):
    words = plain_text(uflpa.report.answer.in_short)
    assert words.startswith("Whether the Act is beaten is not known; what would settle it is the value of")
    assert not uflpa.report.answer.in_short.figures


@pytest.mark.parametrize("measure", [m.id for m in measures.measures()])
def test_there_are_at_most_fifteen_figures(plain_brief, measure):
    # Each amount counts once, with the ends that stand behind it in brackets.
    report = plain_brief(measure)
    opening = (report.answer.holds, report.answer.in_short)
    found = {f.id for s in opening if s for f in s.figures.values()} | shown(report)
    # A title states what its chart shows: a number that stands in the title of the map alone is one more.
    more = re.findall(r"\d[\d.,]*", re.sub(r"\([^)]*\)", "", report.map.title)) if report.map else []
    assert len(found) + len(more) <= first_screen.FIGURES


def test_the_first_screen_has_figures_to_read(uflpa):
    assert len(shown(uflpa.report)) >= 10


def test_of_too_many_comparisons_the_least_telling_goes_into_the_drawer(uflpa):
    named = {t: tuple(x for x in lines) for t, lines in uflpa.report.first.items()}
    every = [x for lines in named.values() for x in lines]
    total = sum(first_screen._figures(x) for x in every)
    later = [x for lines in named.values() for x in lines[1:]]
    for room in range(total, 0, -1):
        kept = [x for lines in first_screen._within(named, room).values() for x in lines]
        gone = [x for x in every if x not in kept]
        assert not (set(map(id, gone)) - set(map(id, later))), "the first of a test stays"
        assert sum(first_screen._figures(x) for x in kept) <= room or len(gone) == len(later)
        if any(x.points for x in gone):
            assert not any(x for x in kept if x in later and not x.points)


def test_what_the_chart_shows_is_not_said_again(uflpa):
    in_words = {f.id for x in sum(uflpa.report.first.values(), ()) for f in x.figures}
    assert not in_words & {f.id for f in uflpa.report.lead.figures}


def test_the_map_is_of_one_mode_and_each_circle_is_the_last_report_of_that_mode(uflpa, record):
    rows = {r["id"]: r for r in record.tables["observations"].to_pylist()}
    used = [rows[g.row_id] for f in uflpa.report.map.figures for g in f.grounds]
    # The last is of the title alone: the most by the other mode.
    assert {(r["mode"], r["metric"], r["direction"]) for r in used[:-1]} == {("rail", "cargo", "both")}
    assert used[-1]["mode"] == "road"
    for row in used:
        later = [
            r for r in rows.values()
            if (r["place_id"], r["mode"], r["metric"], r["direction"], r["status"], r["per"])
            == (row["place_id"], row["mode"], "cargo", "both", "reported", None)
            and (r["period_end"] or "")[:4] > row["period_end"][:4]
        ]  # fmt: skip
        assert not later, row["id"]


def test_the_map_shows_the_mode_that_carries_more_and_its_title_says_of_which_crossings(uflpa):
    *drawn, other = uflpa.report.map.figures
    title = uflpa.report.map.title
    assert sum(f.number for f in drawn) > other.number
    assert all(f.subject.split(",")[0].split(":")[0].split(" (")[0] in title for f in drawn)
    assert "the only crossings with a fresh figure" in title
    assert title.endswith("; by road most at Irkeshtam")
    assert "Dulata" in uflpa.report.map.svg, "a crossing without a figure is on the map too"


def test_no_name_on_the_map_covers_a_circle(uflpa):
    for drawn in (uflpa.report.map.svg, uflpa.report.map.narrow):
        land = drawn[: drawn.index("Lines:")]
        circles = [tuple(map(float, m)) for m in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', land)]
        names = re.findall(r'<text x="([\d.]+)" y="([\d.]+)">([^<]+)</text>', land)
        assert circles
        assert len(names) > len(circles)
        for x, y, name in names:
            left, base, right = float(x), float(y), float(x) + 6.1 * len(name)
            for cx, cy, r in circles:
                across = max(left - cx, cx - right, 0)
                down = max(base - 10 - cy, cy - base, 0)
                assert across**2 + down**2 >= r**2, name


def test_the_page_names_the_source_of_what_it_says_first(uflpa):
    first = uflpa.html[uflpa.html.index('<div class="first">') : uflpa.html.index('<p class="legend">')]
    for lines in uflpa.report.first.values():
        assert first.count('<span class="from">') >= len(lines)
    assert re.search(r'Khunjerab.*?<span class="from"><a class="src" href="http', first)


@pytest.mark.parametrize("measure", ["ofac-xinjiang", "cbp-wro"])
def test_without_a_choice_in_the_plan_the_first_of_each_test_stand_there(plain_brief, measure):
    report = plain_brief(measure)
    for test in report.answer.tests:
        lines = [x for x in test.shown if x.figures and (not report.lead or x.figures != report.lead.figures)]
        assert not lines or report.first[test.id][:1] == tuple(lines[:1])


@pytest.mark.parametrize(
    "measure", ["eu-flr", "khorgos-allowance", "cn-countermeasures", "us-crimea", "bis-entity-list"]
)
def test_a_measure_whose_plan_names_no_chart_has_one_of_what_holds(plain_brief, measure):
    report = plain_brief(measure)
    assert report.lead is not None
    assert report.lead.figures
    assert "Source: " in report.lead.svg
    assert "Source: " in report.lead.narrow
    act = known(measures.measure(measure), date.fromisoformat(report.as_of))
    names = {p.name for p in act.provisions}
    drawn = [f for f in report.lead.figures if f.kind == "date"]
    assert all(f.quantity.removesuffix(": holds from") in names for f in drawn)
    assert all(f.value == next(p.start for p in act.provisions if f.quantity.startswith(p.name)) for f in drawn)
    assert report.lead.title.startswith("In force: ")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-11-24", "suspended to 27 November 2026"), ("2026-11-28", "suspended to 27 November 2026, not known since")],
)
def test_a_ban_that_is_suspended_is_not_drawn_as_ended(plain_brief, day, words):
    report = plain_brief("cn-gallium-germanium", as_of=day)
    assert f"{words}: no exports to the United States in principle" in report.lead.title
    assert f"from 3 December 2024, {words}" in report.lead.svg
    assert not re.search(r">ended<|, ended\b", report.lead.svg + report.lead.narrow)
    told = next(c for c in report.chapters if c.key == "measure").grids[0]
    assert [row[2] for row in told.rows] == ["in force", words, "in force"]  # last: none for military users


def test_what_comes_next_stands_in_the_title(plain_brief):
    assert "next: ban, 14 December 2027" in plain_brief("eu-flr").lead.title
    assert "next" not in plain_brief("us-crimea").lead.title


def row_of_ones_own(place, mode, tonnes):
    """A figure of the third quarter of 2026, which has 92 days."""
    return {
        "place": place, "metric": "cargo", "value": str(92 * tonnes), "unit": "tonnes", "period": "2026-07/2026-09",
        "mode": mode, "direction": "both", "publisher": "Example Customs Gazette", "published": "2026-10-05",
    }  # fmt: skip


# On 1 December 2026 the last figures by road are old, on 1 September 2027 those by rail too.
OLD = "; by road most at Irkeshtam (January to May 2025)"
OF_FRESH = ", of fresh figures at "
TORUGART = "; by road most at Torugart (January to May 2025), of fresh figures at Irkeshtam"
ALL_OLD = "Cargo by rail: most at Alashankou, then at Khorgos, the only crossings with a figure, none of it fresh"
KHORGOS = "Cargo by rail: most at Khorgos, the only crossing with a fresh figure; by"
RAIL = "Cargo by rail: most at Alashankou, then at Khorgos, the only crossings with a fresh figure"
OLD_RAIL = (
    "Cargo by rail: most at {place}, the only crossing with a fresh figure; an older figure is larger: Alashankou ("
)


@pytest.mark.parametrize(
    ("rows", "day", "begins", "ends"),
    [
        ([], "2026-12-01", RAIL, OLD),
        ([("khunjerab", "road", 575)], "2026-12-01", RAIL, OLD + OF_FRESH + "Khunjerab"),
        ([("torugart", "road", 20)], "2026-12-01", RAIL, OLD + OF_FRESH + "Torugart"),
        ([("khunjerab", "road", 575), ("kulma", "road", 900)], "2026-12-01", RAIL, OLD + OF_FRESH + "Kulma"),
        ([("khunjerab", "road", 9000)], "2026-12-01", RAIL, "; by road most at Khunjerab"),
        ([("irkeshtam", "road", 100)], "2026-12-01", RAIL, TORUGART),
        ([("khorgos", "rail", 900)], "2027-09-01", OLD_RAIL.format(place="Khorgos"), OLD),
        ([("khorgos", "rail", 90000)], "2027-09-01", KHORGOS, OLD),
        ([("khunjerab", "road", 575)], "2027-09-01", ALL_OLD, OLD + OF_FRESH + "Khunjerab"),
    ],
)  # fmt: skip
def test_a_fresh_figure_of_a_small_crossing_does_not_hide_an_older_of_a_large_one(tmp_path, rows, day, begins, ends):
    desk = Desk(tmp_path)
    for row in rows:
        desk.add_rows(row_of_ones_own(*row))
    with _context("uflpa", date.fromisoformat(day), record_of(tmp_path)) as ctx:
        drawn = first_screen.crossings(ctx, {})
    assert drawn.title.startswith(begins)
    assert drawn.title.endswith(ends)
    assert any(f.subject.startswith("Irkeshtam") for f in drawn.figures) == ("at Irkeshtam (" in drawn.title)


def test_before_the_map_is_drawn_nothing_says_that_no_figure_is_ones_own(tmp_path):
    Desk(tmp_path).add_rows(row_of_ones_own("kulma", "road", 575))
    seen = []
    whole = brief(
        "uflpa", as_of="2026-12-01", record=record_of(tmp_path), answer_only=True,
        first=lambda r: seen.append((r.map is None, r.own)),
    )  # fmt: skip
    assert seen == [(True, "")]
    assert whole.own.startswith(("Figures of this brief rest on 1 row of your own", "Your own record has 1 row beside"))


def _printed(source):
    return findings.make(
        kind="number", subject="Port", quantity="cargo", value=1.0, unit="tonnes", basis="as printed",
        grounds=[findings.Ground("observations", source, source)],
    )  # fmt: skip


def test_two_reports_of_one_publisher_are_not_told_as_of_others_too():
    publishers = {"s-2025": "Ministry", "s-2024": "Ministry", "s-press": "Press"}
    two = Sentence("{a}, from {b}", {"a": _printed("s-2025"), "b": _printed("s-2024")})
    three = Sentence("{a}, from {b}", {"a": _printed("s-2025"), "b": _printed("s-press")})
    assert _line_sources(SimpleNamespace(in_short=None, says=two), publishers) == ["s-2025"]
    assert _line_sources(SimpleNamespace(in_short=None, says=three), publishers) == ["s-2025", "s-press"]
