"""One currency with a switch: each figure is converted once, from what was printed."""

import re

from entrepot.brief.in_dollars import converted, in_dollars


def test_what_was_converted_from_dollars_is_not_converted_back(uflpa):
    found = {f["id"]: f for f in uflpa.findings}
    for figure in uflpa.report.dollars.values():
        base = found[re.match(r"(f-[0-9a-f]{12}) converted at", figure.basis)[1]]
        assert base["unit"] != "USD"
        assert " converted at " not in base["basis"]
        assert (figure.unit, figure.status) == ("USD", "estimated")


def test_a_figure_in_dollars_or_without_a_rate_has_no_other(uflpa):
    dollars = [f for c in uflpa.report.chapters for f in c.figures if f.unit == "USD"]
    assert dollars
    assert in_dollars(dollars) == {}


def test_a_figure_and_its_conversion_give_one_conversion(uflpa):
    printed = next(f for c in uflpa.report.chapters for f in c.figures if f.unit == "CNY" and f.status == "reported")
    other = converted(printed, "USD")
    assert set(in_dollars([printed])) == {printed.id}
    assert in_dollars([printed])[printed.id] == other
    assert set(in_dollars([converted(other, "CNY"), other])) == set()


def test_the_page_shows_one_of_two_and_tables_what_was_printed(uflpa):
    html = uflpa.html
    assert 'id="in-usd" checked' in html
    pairs = re.findall(
        r'<a class="fig estimated usd" href="#(f-\w+)"[^>]*>[^<]*</a><a class="fig \w+ own" href="#(f-\w+)"', html
    )
    assert pairs
    assert all(uflpa.report.dollars[own].id == usd for usd, own in pairs)
    tables = re.sub(r"<table.*?</table>", "", html, flags=re.DOTALL)
    assert html.count('fig estimated usd"') == tables.count('fig estimated usd"')
