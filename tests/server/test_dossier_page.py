"""The page of a shipment's file, without a browser: what is missing beside what is there, and what is taken along."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from tests.server.seen import shown

from entrepot.brief.charts.on_pages.asked_bar import asked_bar
from entrepot.desk.dossier import dossier
from entrepot.server.app import create_app
from entrepot.server.people import READER, with_token
from entrepot.server.serve_settings import ServeSettings

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
KINDS = {"links": "links", "papers": "papers", "payments": "payments", "production": "production"}
AT = "/dossier?shipment=INV-0005&as_of=2025-11-25"
TOKEN = "reader-of-the-file-0123"


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A store with the files of the example."""
    return tmp_path_factory.mktemp("dossier") / "store"


@pytest.fixture(scope="module")
def client(held, serving):
    """The person at the machine, who has loaded the files of the example."""
    with httpx.Client(base_url=serving(create_app(ServeSettings(held))), timeout=120) as opened:
        assert "No supplies are loaded" not in opened.get("/dossier").text
        for name, form in KINDS.items():
            data = EXAMPLES.joinpath(f"supply-{name}.csv").read_bytes()
            opened.post(
                "/v1/load_supply", files={"file": (f"supply-{name}.csv", data)}, data={"form": form}
            ).raise_for_status()
        yield opened


@pytest.fixture(scope="module")
def page(client):
    return shown(client, AT).text


def test_a_shipment_is_chosen_among_those_on_record(client):
    page = shown(client, "/dossier?as_of=2025-11-25").text
    assert re.search(r'href="/dossier\?shipment=INV-0005&amp;supplier=[^"]+&amp;as_of=2025-11-25"', page)
    assert '<option value="INV-0005">' in page
    assert "INV-0001" not in page  # of a supply into the goods, and no shipment


def test_the_page_says_what_the_verb_says_the_answer_first(client, held, page):
    main = page[page.index("<main") :]
    places = [main.index(f'id="{part}"') for part in ("summary", "asked", "clock", "steps", "party", "files")]
    assert places == sorted(places)
    rows = client.get(f"{AT}&format=json").json()["rows"]
    same = dossier("INV-0005", as_of="2025-11-25", store=held)
    assert [r["line_id"] for r in rows] == [r["line_id"] for r in same.to_pylist()]
    assert {r["line_id"] for r in rows if r["part"] in {"paper", "gap", "step"}} <= set(
        re.findall(r"dossier-[0-9a-f]{12}", page)
    )


def test_what_is_missing_is_counted_where_it_is_asked_and_at_its_step(held, page):
    made = dossier("INV-0005", as_of="2025-11-25", store=held)
    assert sum(a.tally.asked for a in made.asked) == sum(s.tally.asked for s in made.steps)
    lacks = sum(a.tally.missing + a.tally.not_told for a in made.asked)
    assert lacks == sum(len(a.gaps) and a.tally.asked - a.tally.there for a in made.asked) > 0
    assert f"{lacks} not." in page
    for step in made.steps:
        assert f"Not there: {step.tally.asked - step.tally.there}" in page
        for row in step.gaps:
            assert page.count(f"/evidence/{row['line_id']}") >= 1


def test_each_step_is_a_box_of_the_drawing_that_leads_to_it(page):
    steps = set(re.findall(r'<div id="step-(\d+)"', page))
    assert set(re.findall(r'<a href="#step-(\d+)" aria-label', page)) == steps != set()
    assert "style=" not in page


def test_a_row_opens_its_file_with_the_hash_and_the_row(client, page):
    first = r'class="is-there"><a class="row" href="(/evidence/dossier-[0-9a-f]+)">'
    named = first + r"<strong[^>]*>[\d.]+</strong> <span[^>]*>INV-"
    line = re.search(named, page)[1]
    drawer = client.get(f"{line}?part=1").text
    source = re.search(r'<a href="(/tracing/supply-[0-9a-f]{12}\?row=\d+)"', drawer)[1]
    assert re.search(r"SHA-256 <code>[0-9a-f]{64}</code>", drawer)
    assert shown(client, source).status_code == 200


def test_the_clock_counts_from_the_day_that_the_address_says(client, page):
    assert "in no file of supply" in page
    clock = shown(client, f"{AT}&presented=2025-10-02").text
    dated = clock[clock.index('id="clock"') : clock.index('id="steps"')]
    assert dated.count('class="when"') > 3
    assert "past" in dated


def test_the_files_are_written_when_they_are_asked_for_and_taken_along(client, page):
    assert "/dossier/html?" not in page
    done = shown(client, f"{AT}&files=1").text
    for form in re.findall(r'href="/dossier/(html|pdf)\?', done):
        got = client.get(f"/dossier/{form}?shipment=INV-0005&as_of=2025-11-25", follow_redirects=False)
        assert got.headers["content-disposition"] == f'attachment; filename="dossier-INV-0005-2025-11-25.{form}"'
        assert got.content[:5] == {"html": b"<!doc", "pdf": b"%PDF-"}[form]
    assert "/dossier/html?" in done
    assert client.get("/dossier/exe?shipment=INV-0005").status_code == 404


def test_what_the_verb_refuses_stands_above_what_can_be_chosen(client):
    page = shown(client, "/dossier?shipment=INV-9999&as_of=2025-11-25")
    assert page.status_code == 422
    assert "INV-9999" in page.text
    assert 'role="alert"' in page.text
    assert "INV-0005" in page.text


def test_the_address_that_stays_says_the_day(client):
    page = shown(client, "/dossier?shipment=INV-0005").text
    assert re.search(r'class="permanent" href="/dossier\?shipment=INV-0005&amp;as_of=\d{4}-\d\d-\d\d"', page)


def test_a_reader_reads_and_writes_nothing(held, client, serving):
    app = create_app(ServeSettings(held, people=(with_token("A Reader", READER, TOKEN),)))
    with httpx.Client(base_url=serving(app), timeout=120, headers={"Authorization": f"Bearer {TOKEN}"}) as reader:
        assert shown(reader, AT).status_code == 200
        assert reader.post("/dossier", data={}).status_code == 405
        assert reader.get("/dossier/html?shipment=INV-0005&as_of=2025-11-25", follow_redirects=True).status_code == 200


def test_a_bar_tells_three_things_apart_by_shape():
    bar = asked_bar(5, 3, 2)
    assert bar.count("<rect") == 3
    assert "stroke-dasharray" in bar
    assert "<path" in bar
    assert asked_bar(4, 0, 0).count("<rect") == 1
    assert 'aria-hidden="true"' in asked_bar(0, 0, 0)
