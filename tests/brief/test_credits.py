"""Who is credited at the foot of a brief: those whose data stand in it, and nobody else."""

from __future__ import annotations

from entrepot.brief.cards.credits import credits_of
from entrepot.brief.compose import brief
from entrepot.brief.on_paper import on_paper
from entrepot.brief.render import html
from entrepot.core.document.blocks import Paragraph
from entrepot.record.embedded import load
from entrepot.sources.register import by_id

OWN = 'title = "Ban on potash"\nwho = "EU"\nwhom = ["BLR"]\ngoods = ["3104"]\nfrom = 2022-03-03\nsource = "OJ"\n'
EVERYBODY = ("Ember", "Natural Earth", "European Central Bank", "Entrepot’s own compilation")


def credited(text: str) -> set[str]:
    return {name for name in EVERYBODY if name in text}


def foot(page: str) -> str:
    return page.rpartition('id="sources"')[2].rpartition("</ol>")[2].partition("<footer>")[0]


def test_a_brief_that_shows_solar_exports_maps_and_rates_credits_all_of_them(uflpa):
    assert credited(foot(uflpa.html)) == {*EVERYBODY}


def test_a_measure_of_the_record_without_flows_maps_and_money_credits_the_record_alone(plain_brief, sources):
    report = plain_brief("cn-gallium-germanium")
    assert not [c for chapter in report.chapters for c in chapter.charts]
    assert credited(credits_of(report, sources)) == {"Entrepot’s own compilation"}
    assert credited(foot(html(report, sources))) == {"Entrepot’s own compilation"}
    printed = " ".join(str(b.text) for b in on_paper(report, sources).blocks if isinstance(b, Paragraph))
    assert credited(printed) == {"Entrepot’s own compilation"}


def test_a_map_without_flows_credits_outlines_and_no_flows(plain_brief, sources):
    report = plain_brief("khorgos-allowance")
    assert report.map is not None
    assert credited(credits_of(report, sources)) >= {"Natural Earth", "Entrepot’s own compilation"}
    assert "Ember" not in credits_of(report, sources)


def test_a_measure_of_ones_own_that_uses_nothing_of_the_record_credits_nobody(tmp_path):
    from entrepot.measures.measure import measure
    from entrepot.measures.own.cited_measure import cited

    file = tmp_path / "potash.toml"
    file.write_text(OWN, encoding="utf-8")
    report = brief(str(file), as_of="2026-12-02")
    register = by_id(load().tables["sources"])
    register |= {str(r["source_id"]): r for r in cited(measure(str(file)), register)}
    assert credits_of(report, register) == ""
    assert credited(foot(html(report, register))) == set()
