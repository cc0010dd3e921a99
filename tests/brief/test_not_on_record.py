"""Every measure has an answer by test: figures, or a sentence on what is not on record and what would settle it."""

from datetime import date
from types import SimpleNamespace

import pytest

from entrepot.brief.answer import not_on_record
from entrepot.brief.answer.answer_rule import rule
from entrepot.brief.report import plain_text
from entrepot.diversion.demo_scans import demos
from entrepot.measures import measure as measures
from entrepot.measures.act import KINDS

EVERY = [m.id for m in measures.measures()]


def test_of_every_kind_of_measure_something_is_asked():
    for kind in KINDS:
        assert (kind, "verdict") in rule().gaps
        assert sum(of == kind for of, _ in rule().gaps) > 2, kind


@pytest.mark.parametrize("measure", EVERY)
def test_a_test_has_figures_or_says_what_would_settle_it(plain_brief, measure):
    answer = plain_brief(measure).answer
    kind = measures.measure(measure).kind
    assert {t for of, t in rule().gaps if of == kind} <= {t.id for t in answer.tests} | {"verdict"}
    for test in answer.tests:
        assert bool(test.shown) != bool(test.lacking), test.id
        if test.lacking:
            assert "figure on record says" in test.lacking
            assert "; what would settle it is " in test.lacking
            assert "{" not in test.lacking
            assert test.lacking.count(". ") == 0
            assert test.direction == "not_known"
    assert "what would settle it is" in plain_text(answer.verdict) or "point to" in plain_text(answer.verdict)


@pytest.mark.parametrize("measure", EVERY)
def test_a_packaged_scan_is_named_with_a_command_that_there_is(plain_brief, measure):
    plan = measures.measure(measure).brief
    assert set(plan.scans if plan else ()) <= set(demos())
    named = {c.split()[-1] for t in plain_brief(measure).answer.tests for _, c in t.scans}
    assert {d.id for d in demos().values() if d.measure == measure} <= named
    assert named <= set(demos())


def test_the_page_the_terminal_and_the_files_say_it_alike(plain_brief, sources):
    from entrepot.brief import render
    from entrepot.brief.answer import answer_files

    report = plain_brief("eu-russia-833")
    page, told = render.html(report, sources), " ".join(render.summary(report).split())
    written = answer_files.answer_markdown(report, sources)
    assert not_on_record.scans_said(report.answer.tests[-1])
    for test in report.answer.tests:
        assert test.lacking in page
        assert test.lacking in told
        assert test.lacking in written.replace("\\", "")
    for text in (page, told, written):
        assert "entrepot divert --demo russia-2022" in text
    rows = {r["test"]: r["says"] for r in answer_files.rows(report)}
    assert rows["third"] == report.answer.tests[-1].lacking
    assert rows["verdict"].startswith("EU export ban on Russia: ")


def test_a_figure_that_is_too_old_is_not_called_missing(plain_brief):
    # Of Xinjiang's trade with the Union the record has January and February 2023 alone
    (direct,) = (t for t in plain_brief("eu-flr").answer.tests if t.id == "direct")
    assert direct.lacking.startswith("No fresh figure on record")


def test_what_a_plan_looks_at_in_vain_is_named(plain_brief):
    # The record holds one half year of detentions under all authorities, and no other year to hold it against
    (pressure,) = (t for t in plain_brief("cbp-wro").answer.tests if t.id == "pressure")
    assert "shipments detained under all forced-labour authorities" in pressure.why


def test_how_many_bis_listed_at_once_stands_in_its_brief(plain_brief):
    # Federal Register: 28 entities (FR Doc 2019-22210), eleven (2020-15827), five (2021-13395); Crowell: 14 of 23;
    # Commerce, July 2020: the first two tranches were 37, so the second nine
    report = plain_brief("bis-entity-list")
    (pressure,) = (t for t in report.answer.tests if t.id == "pressure")
    assert [f.number for f in pressure.shown[0].figures] == [28, 9, 11, 5, 14]
    then = plain_brief("bis-entity-list", "2020-12-31").answer.tests[0].shown[0].figures
    assert [f.number for f in then] == [28, 9, 11]
    assert "affiliates rule came back" in plain_text(report.answer.holds)


@pytest.mark.parametrize(
    ("measure", "day", "offered"),
    [
        # Regulation (EU) 2022/328 barred from 26 February 2022 on what the scan looks at
        ("eu-russia-833", "2022-02-20", ()),
        ("eu-russia-833", "2022-02-25", ()),
        ("eu-russia-833", "2022-02-26", ("russia-2022",)),
        # the presumption of 21 June 2022; the finding of 23 August 2023, whose day the scan of solar goods takes
        ("uflpa", "2022-06-20", ()),
        ("uflpa", "2022-06-21", ("uflpa-apparel",)),
        ("uflpa", "2023-08-22", ("uflpa-apparel",)),
        ("uflpa", "2023-08-23", ("uflpa-solar", "uflpa-apparel")),
        ("us-solar-circumvention-2023", "2023-08-22", ()),
        ("us-solar-circumvention-2023", "2023-08-23", ("uflpa-solar",)),
    ],
)
def test_no_scan_of_a_later_day_is_offered(measure, day, offered):
    assert demos()["uflpa-solar"].day.isoformat() == "2023-08-23"
    act = measures.measure(measure)
    ctx = SimpleNamespace(measure=act, focus=act.brief, day=date.fromisoformat(day))
    assert tuple(c.split()[-1] for _, c in not_on_record.scans(ctx, "third")) == offered


def test_a_brief_before_a_scan_names_it_nowhere(plain_brief, sources):
    from entrepot.brief import render

    for day, named in (("2022-02-20", False), ("2022-03-01", True)):
        page = render.html(plain_brief("eu-russia-833", as_of=day), sources)
        assert ("divert --demo russia-2022" in page) == named, day
