"""The page of a scan comes by the scan that it asked for: what the scan leaves in the store does not begin another."""

from __future__ import annotations

import httpx
import pytest
from tests.server.seen import shown

from entrepot.desk import divert
from entrepot.server.app import create_app
from entrepot.server.serve_settings import ServeSettings


@pytest.mark.parametrize("demo", ["russia-2022", "uflpa-solar"])
def test_the_page_of_a_scan_is_worked_out_once(demo, serving, tmp_path, monkeypatch):
    made, diverted = [], divert.diverted
    monkeypatch.setattr(divert, "diverted", lambda *asked: made.append(demo) or diverted(*asked))
    with httpx.Client(base_url=serving(create_app(ServeSettings(tmp_path / "store"))), timeout=60) as client:
        first = shown(client, f"/diversion?demo={demo}").text
        assert shown(client, f"/diversion?demo={demo}").text == first
    assert made == [demo]
