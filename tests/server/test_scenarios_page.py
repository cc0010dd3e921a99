"""The page of scenarios without a browser: chosen, written by controls, side by side, stopped, as its rows."""

from __future__ import annotations

import re
import time
from html import unescape
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.scenarios.asked.presets import preset, preset_names
from entrepot.scenarios.asked.scenario import INSTRUMENTS, LICENCE, TARIFF
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.asked.unsure_world import default_unsure_world
from entrepot.server.page_parts.worked_out import Work, end, held, worked_out
from entrepot.server.pages.scenarios.scenario_controls import (
    Controls,
    controls_of,
    controls_said,
    controls_within,
    scenario_toml,
)

UNSURE = default_unsure_world()
CODES = UNSURE.codes
NAMES = {code: UNSURE.named(code) for code in (*CODES.economies, *CODES.sectors)}
HOME = {"CN-XJ": "CHN"}
OWN = "by=EU&on=CN-XJ&sector=electronics&instrument=tariff&percent=40&from=2027-01-01"
FEW = 2  # draws: an answer in a second


def shown(client, path):
    """The page, once it is there."""
    for _ in range(240):
        page = client.get(path)
        if 'http-equiv="refresh"' not in page.text:
            return page
        time.sleep(0.25)
    pytest.fail(f"{path} is never there")


def test_a_preset_is_answered_as_the_verb_answers_it(open_client, store):
    page = shown(open_client, f"/scenarios?preset=uflpa&draws={FEW}").text
    rows = Desk(store).simulate(presets=["uflpa"], draws=FEW).found[0].rows
    answers = {
        r["figure_id"] for r in rows if r["part"] == "answers" and r["quantity"].startswith("loss of the target")
    }
    assert answers <= set(re.findall(r"/evidence/(simulated-[0-9a-f]{12})", page))
    for text in (*(t for r in rows[:1] for t in r["assumed"]), "Nothing here was observed"):
        assert text in unescape(page)
    assert "A hypothesis:" not in page


def test_a_hypothesis_says_that_it_is_one_wherever_it_stands(open_client):
    for name in preset_names():
        why = preset(name, CODES).hypothesis
        assert not why or why in unescape(open_client.get("/scenarios").text)
    beside = shown(open_client, f"/scenarios?preset=uflpa&beside=eu-2024-3015-as-if-regional&draws={FEW}").text
    assert beside.count("A hypothesis:") >= 2  # above its answer, and among what it assumes
    assert beside.count('class="at-wide"') == 4  # two drawings of each
    assert 'id="together"' in beside


def test_the_rows_are_sent_in_each_form_and_open_their_evidence(open_client):
    path = f"/scenarios?preset=uflpa&draws={FEW}"
    rows = open_client.get(f"{path}&format=json").json()["rows"]
    assert {"answers", "economies", "sectors", "routes"} == {r["part"] for r in rows}
    assert {r["status"] for r in rows} == {"simulated"}
    assert open_client.get(f"{path}&format=csv").text.startswith("scenario,part,quantity")
    assert open_client.get(f"{path}&format=parquet").content[:4] == b"PAR1"
    evidence = open_client.get(f"/evidence/{rows[0]['figure_id']}?part=1").text
    assert "exact changes" in evidence


def test_a_program_asks_the_verb_and_begins_a_job(open_client):
    asked = {"presets": ["uflpa"], "draws": 0}
    rows = open_client.post("/v1/simulate", json=asked).json()["rows"]
    assert rows[0]["scenario"] == "uflpa"
    job = open_client.post("/v1/jobs/simulate", json=asked).headers["location"]
    for _ in range(240):
        if (state := open_client.get(job).json()["state"]) in {"done", "failed"}:
            break
        time.sleep(0.25)
    assert state == "done"
    ran = open_client.get(f"{job}/result").json()["rows"]
    assert [r["figure_id"] for r in ran] == [r["figure_id"] for r in rows]
    assert "/v1/simulate" in open_client.get("/openapi.json").json()["paths"]
    refused = open_client.post("/v1/simulate", json={**asked, "negative_final": "magic"})
    assert refused.status_code == 422
    assert "refuse, zero" in refused.text


def test_a_scenario_written_by_controls_is_answered_and_kept_beside_its_change(open_client):
    page = shown(open_client, f"/scenarios?{OWN}&draws={FEW}").text
    assert "Tariff of 40 per cent by European Union" in unescape(page)
    file = unescape(re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)[1])
    assert read_scenario(file, "own", "own", CODES).acts[0].rate == pytest.approx(0.4)
    change = unescape(re.search(r'class="button quiet" href="([^"]+)"', page)[1])
    form = open_client.get(change).text
    assert re.search(r'name="by" value="EU" checked', form)
    kept = parse_qs(urlsplit(change).query)["beside"][0]
    changed = OWN.replace("percent=40", "percent=80")
    both = shown(
        open_client,
        str(
            open_client.build_request(
                "GET",
                "/scenarios",
                params={**dict(p.split("=") for p in changed.split("&")), "beside": kept, "draws": str(FEW)},
            ).url.raw_path,
            "ascii",
        ),
    )
    assert {"40", "80"} <= set(re.findall(r"Tariff of (\d+) per cent", both.text))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("by=USA&on=USA&from=2027-01-01", "would sanction itself"),
        ("by=USA&on=KGZ&from=2027-01-01", "Kyrgyz"),
        ("by=USA&from=2027-01-01", "on whom"),
        ("by=USA&on=CHN&from=soon", "soon"),
        ("by=USA&on=CHN&from=2027-01-01&instrument=tariff&percent=much", "much"),
        ("by=USA&on=CHN&from=2027-01-01&instrument=magic", "magic"),
        ("by=USA&on=CHN&from=2027-01-01&passes=50&low=60&high=90", "at least"),
        ("by=USA&on=CHN&from=2027-01-01&passes=150", "150"),
        ("preset=uflpa&draws=many", "many"),
        ("preset=uflpa&draws=1", "draws"),
        ("preset=uflpa&beside=nonsense", "nonsense"),
    ],
)
def test_what_cannot_be_is_said_beside_the_controls(open_client, asked, said):
    page = shown(open_client, f"/scenarios?{asked}")
    assert 400 <= page.status_code < 500
    assert said in unescape(page.text)
    assert 'name="instrument"' in page.text
    assert "/tmp" not in page.text


def test_what_others_answer_stands_on_the_page_whatever_it_is(open_client):
    """Ways round and full crossings have figures that no other scenario has; a ban of exports other routes."""
    page = unescape(shown(open_client, "/scenarios?preset=khorgos-capped&draws=0").text)
    rows = open_client.get("/scenarios?preset=khorgos-capped&draws=0&format=json").json()["rows"]
    apart = {r["quantity"] for r in rows if r["part"] not in {"economies", "sectors"}}
    assert {q for q in apart if q not in page} <= {
        "sold by the target", "bought by the coalition",  # in the titles of the drawings
        "added to the loss by joining, value",  # the same as the share beside it
    }  # fmt: skip
    asked = "by=USA&on=CHN&sector=electronics&instrument=export+ban&passes=0&from=2027-01-01&draws=0"
    page = unescape(shown(open_client, f"/scenarios?{asked}").text)
    assert "bought by China without Xinjiang: of whom" in page
    assert "are bought elsewhere" in page
    assert "lost sales" not in page


def test_what_is_stopped_shows_what_was_asked(open_client):
    path = "/scenarios?preset=us-tariff-60-on-china&draws=400"
    assert "Stop" in open_client.get(path).text
    sent = open_client.post(path)
    assert sent.status_code == 303
    page = open_client.get(sent.headers["location"]).text
    assert "Stopped" in page
    assert re.search(r'value="us-tariff-60-on-china" lang="en" selected', page)


def test_work_that_is_ended_goes_no_further_and_is_begun_anew():
    begun, go, steps = Event(), Event(), []

    def make(work):
        begun.set()
        go.wait(10)
        work.told(1, 2)
        steps.append(1)

    assert isinstance(worked_out("to be ended", make, patience=0.01), Work)
    begun.wait(10)
    end("to be ended")
    go.set()
    assert held("to be ended") is None
    end("to be ended")  # twice is no fault
    assert worked_out("to be ended", lambda _: "anew", patience=10) == "anew"
    end("to be ended")  # an answer that is there stays
    assert held("to be ended") == "anew"
    assert steps == []


@st.composite
def written(draw):
    codes = st.lists(st.sampled_from(CODES.economies), min_size=1, max_size=4, unique=True)
    by = tuple(draw(codes))
    on = tuple(one for one in draw(codes) if one not in by) or tuple(c for c in CODES.economies if c not in by)[:1]
    instrument = draw(st.sampled_from(INSTRUMENTS))
    low, passes, high = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    sectors = tuple(draw(st.lists(st.sampled_from(CODES.sectors), max_size=3, unique=True)))
    day = draw(st.dates()).isoformat()
    percent = str(draw(st.integers(1, 500)))
    content = draw(st.booleans()) and instrument in {"import ban", LICENCE}
    if instrument == TARIFF:
        return Controls(by, on, sectors, instrument, percent, "0", "", "", content=False, start=day)
    return Controls(by, on, sectors, instrument, "", str(passes), str(low), str(high), content, day)


@given(written())
def test_controls_are_an_address_a_file_and_controls_again(said):
    assert controls_within(said.address) == said
    text, name = scenario_toml(said, NAMES, HOME)
    found = read_scenario(text, "controls", "controls", CODES)
    assert found.id == name
    assert set(found.home) == {HOME[one] for one in said.on if one in HOME} - {*said.by, *said.on}
    again = controls_of(found)
    assert again is not None
    assert scenario_toml(again, NAMES, HOME) == (text, name)


def test_controls_that_say_nothing_are_none_and_what_they_cannot_say_is_left_to_files():
    assert controls_said({"preset": ("uflpa",)}) is None
    assert controls_within("uflpa") is None
    assert controls_of(preset("full-embargo", CODES)) is None
    assert controls_of(preset("uflpa", CODES)).by == ("USA",)
    with pytest.raises(BadInputError, match="on whom"):
        scenario_toml(Controls(on=(), start="2027-01-01"), NAMES, HOME)
    with pytest.raises(UnknownNameError):
        scenario_toml(Controls(instrument="magic", start="2027-01-01"), NAMES, HOME)
