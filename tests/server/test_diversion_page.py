"""The page of a scan says how many rows it shows, and each of its figures opens."""

from __future__ import annotations

import re

import pytest
from tests.server.seen import shown


@pytest.mark.parametrize("demo", ["uflpa-solar", "uflpa-apparel"])
def test_every_figure_of_a_scan_opens_and_the_rows_are_counted(open_client, demo):
    page = shown(open_client, f"/diversion?demo={demo}").text
    rows = open_client.get("/diversion", params={"demo": demo, "format": "json"}).json()["rows"]
    body = re.search(r'<table[^>]* id="places".*?</table>', page, re.DOTALL)[0].partition("<tbody>")[2]
    linked = re.findall(r'href="(/evidence/signal-[^"]+)"', body)
    assert len(linked) == body.count("<tr ")
    said = re.search(r"The first (\d+) of ([\d,]+) rows", page)
    assert (int(said[1]), int(said[2])) == (len(linked), len(rows)) if len(rows) > len(linked) else said is None
    assert "rows are shown" not in page  # a terminal shows another number of them
    assert not re.search(r"`entrepot |--[a-z]", page.partition("<main")[2].partition("<footer")[0]), "nobody types here"
    assert {h: open_client.get(h).status_code for h in linked} == dict.fromkeys(linked, 200)
    assert open_client.get(f"/evidence/{rows[-1]['signal_id']}").status_code == 200  # of the data too
