"""The pages that follow goods, without a browser: flows on a map, products traced through supply links."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest
from tests.server.seen import shown

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
FLOWS = (
    "exporter,importer,product,period,value\nCHN,KAZ,854143,2023,1200\nCHN,DEU,854143,2023,90000\n"
    "CHN,KAZ,854142,2022,700\nKAZ,RUS,854143,2023,15\nCHN,+WLD,854143,2023,99\n"
)


@pytest.fixture(scope="module")
def dropped(open_client):
    """The address of a file of flows that was dropped."""
    return open_client.post("/flows", files={"file": ("own flows.csv", FLOWS)}).headers["location"]


@pytest.fixture(scope="module")
def traced(open_client):
    sent = (EXAMPLES / "supply-links.csv").read_bytes()
    assert open_client.post("/tracing", files={"file": ("supply-links.csv", sent)}).headers["location"] == "/tracing"
    return shown(open_client, "/tracing").text


def test_flows_that_are_dropped_are_drawn_listed_and_noted_in_the_ledger(open_client, dropped):
    page = shown(open_client, dropped).text
    assert page.count('class="few"') == 1
    assert len(re.findall(r'<a href="[^"]*exporters=CHN[^"]*#reports" aria-label', page)) == 3
    assert "no place on the map" in page
    decided = open_client.get("/v1/ledger_decisions?format=csv").text
    assert "flow_file" in decided


def test_an_arc_leads_to_the_reports_behind_it_and_the_address_says_which(open_client, dropped):
    page = shown(open_client, f"{dropped}&exporters=CHN&importers=KAZ&product=854143&period=2023").text
    rows = open_client.get(f"{dropped}&exporters=CHN&importers=KAZ&period=2023&format=json").json()["rows"]
    assert [(r["importer"], r["value_usd"], r["set_aside"]) for r in rows] == [("KAZ", 1200, None)]
    assert "own flows.csv" in page[page.index('id="reports"') :]


def test_the_lines_are_what_the_head_says(open_client, dropped):
    shown(open_client, dropped)
    body = open_client.get(dropped.replace("/flows?", "/flows/lines?")).content
    long = struct.unpack_from("<I", body)[0]
    head = json.loads(body[4 : 4 + long])
    count = head["count"]
    assert count == 4
    assert len(body) == 4 + long + count * 4 * (4 + 1 + 1 + 1 + 4)
    values = struct.unpack_from(f"<{count}f", body, 4 + long + count * 4 * 6)
    assert values == (90000, 1200, 700, 15)
    importers = struct.unpack_from(f"<{count}I", body, 4 + long + count * 4 * 8)
    assert [head["words"]["importer"][i] for i in importers] == ["DEU", "KAZ", "KAZ", "RUS"]
    width = struct.unpack_from(f"<{count}f", body, 4 + long + count * 4 * 4)
    assert list(width) == sorted(width, reverse=True)


def test_flows_of_a_file_that_cannot_be_read_are_refused_in_words(open_client):
    at = open_client.post("/flows", files={"file": ("no flows.csv", "a,b\n1,2\n")}).headers["location"]
    page = shown(open_client, at)
    assert 400 <= page.status_code < 500
    assert "Traceback" not in page.text
    assert shown(open_client, "/flows?file=0000000000000000").status_code == 422
    assert "No file was sent" in shown(open_client, open_client.post("/flows").headers["location"]).text
    assert "This page takes no map" in page.text
    assert "no flows.csv" not in shown(open_client, "/flows").text  # which would be refused again when it is chosen


@pytest.mark.parametrize(
    "path", ["/flows?to=Atlantis", "/flows?importers=Atlantis", "/flows?from=XXX", "/flows?product=zz"]
)
def test_what_the_flows_do_not_know_is_told_and_not_passed_over(open_client, path):
    page = shown(open_client, path)
    assert page.status_code == 422
    assert path.partition("?")[2].partition("=")[0 if "to=" in path or "from=" in path else 2] in page.text
    assert open_client.get(f"{path}&format=json").status_code == 422


def test_a_word_that_the_scans_do_not_hear_is_told(open_client):
    assert shown(open_client, "/diversion?scan=nope").status_code == 422
    assert "'scan'" in shown(open_client, "/diversion?scan=nope").text.replace("&#39;", "'")
    assert shown(open_client, "/diversion?demo=nope").status_code == 422


def test_both_sides_of_a_single_reporter_are_drawn_and_chosen_among(open_client):
    rows = ("reporter,partner,flow,product,period,value_usd", "UZB,KOR,import,870899,2022,800")
    sent = "\n".join((*rows, "UZB,AFG,export,110100,2022,300", ""))
    at = open_client.post("/flows", files={"file": ("uzb.csv", sent)}).headers["location"]
    page = shown(open_client, at).text
    assert "each flow once" in page
    assert [r["flow"] for r in open_client.get(f"{at}&format=json").json()["rows"]] == ["import", "export"]
    assert [r["flow"] for r in open_client.get(f"{at}&side=export&format=json").json()["rows"]] == ["export"]
    assert "--side" not in shown(open_client, f"{at}&side=import").text


def test_a_product_shows_any_amount_first_then_its_interval_and_its_way(traced):
    main = traced[traced.index("<main") :]
    assert main.index("touched") < main.index("Share of the input") < main.index("way-links") < main.index('id="graph"')
    assert [int(n) for n in re.findall(r'class="row" href="/tracing/supply-[0-9a-f]+\?row=(\d+)"', main)[:3]] == [
        2,
        4,
        6,
    ]


def test_a_link_of_the_way_opens_its_row_and_the_refused_ones_say_what_to_do(open_client, traced):
    row = re.search(r'href="(/tracing/supply-[0-9a-f]+\?row=2)"', traced)[1]
    page = shown(open_client, row).text
    assert "INV-0001" in page
    assert "the paper itself is not held here" in page
    assert "supplier is empty" in page
    whole = shown(open_client, row.partition("?")[0]).text
    assert whole.count("INV-") == 6
    assert shown(open_client, "/tracing/supply-000000000000").status_code == 422
    assert shown(open_client, "/tracing?exposure=exposure-000000000000").status_code == 422


def test_a_reader_may_look_and_not_load(team, bearer, dropped):
    page = shown(team, "/flows", **bearer("reader")).text
    assert 'class="drop"' not in page
    for path, name in (("/flows", "f.csv"), ("/tracing", "l.csv")):
        refused = team.post(path, files={"file": (name, FLOWS)}, headers=bearer("reader"))
        assert refused.status_code == 403
