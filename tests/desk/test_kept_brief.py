"""The short answer of a brief as it is kept: the same as worked out, another file for another record, nothing run."""

from __future__ import annotations

import os
import pickle

import pytest

from entrepot.brief.render import finding_table
from entrepot.core import store as stores
from entrepot.desk import kept_brief as kept
from entrepot.desk.brief import brief
from entrepot.desk.divert import divert
from entrepot.desk.explain import explain

MEASURE, DAY = "ofac-xinjiang", "2024-11-25"


class Hostile:
    """Runs a command when it is read by a reader that lets it."""

    def __reduce__(self):
        return os.mkdir, (self.place,)


def test_what_is_kept_is_what_was_worked_out_and_its_figures_open(tmp_path, monkeypatch):
    store = tmp_path / "store"
    expected = brief(MEASURE, as_of=DAY, answer_only=True)
    early = []
    first = kept.kept_brief(MEASURE, as_of=DAY, store=store, first=early.append)
    assert first.report == expected.report
    # What is known before the map is drawn is of the same answer, and its figures open.
    (part,) = (b.report for b in early)
    assert (part.answer, part.lead, part.first) == (first.report.answer, first.report.lead, first.report.first)
    assert part.map is None
    assert set(early[0].to_pylist()[0]) == set(first.to_pylist()[0])
    assert {r["id"] for r in early[0].to_pylist()} < {r["id"] for r in first.to_pylist()}
    assert explain(early[0].to_pylist()[0]["id"], store=store)
    (file,) = (store / kept.FOLDER).iterdir()
    assert file.stat().st_mode & 0o077 == 0

    def again(*_, **__):
        raise AssertionError("it is worked out again")

    with monkeypatch.context() as patch:
        patch.setattr("entrepot.desk.brief.short_brief", again)
        second = kept.kept_brief(MEASURE, as_of=DAY, store=store, first=again)  # all is there at once
        assert second.report == expected.report
        assert second.sources == first.sources
        # Findings that were removed meanwhile are there again: they are what a figure opens.
        with stores.opened(store) as con:
            con.execute("DELETE FROM findings")
        assert kept.kept_brief(MEASURE, as_of=DAY, store=store).report == expected.report
        one = finding_table(expected.report).column("id").to_pylist()[0]
        assert explain(one, store=store)[0].id == one
        with pytest.raises(AssertionError, match="worked out again"):
            kept.kept_brief(MEASURE, as_of="2024-11-26", store=store)
        # A row more in what lies over the record, and the program otherwise: another answer.
        with stores.opened(store) as con:
            con.execute("INSERT INTO shown VALUES ('s-1', 'signals', '{}')")
        with pytest.raises(AssertionError, match="worked out again"):
            kept.kept_brief(MEASURE, as_of=DAY, store=store)
    with stores.opened(store) as con:
        con.execute("DELETE FROM shown")
    # What was cut or put there by somebody else is not read, and nothing of it is run.
    hostile = Hostile()
    hostile.place = str(tmp_path / "made")
    for data in (file.read_bytes()[:1000], b"", pickle.dumps(hostile), pickle.dumps({"report": 1})):
        file.write_bytes(data)
        assert kept.kept_brief(MEASURE, as_of=DAY, store=store).report == expected.report
        assert not (tmp_path / "made").exists()


def test_a_scan_made_once_more_leaves_the_answer_and_another_behind_it_does_not(tmp_path):
    store = tmp_path / "store"
    stands = []
    for demo in ("russia-2022", "russia-2022", "uflpa-solar", "uflpa-solar", "russia-2022"):
        divert(demo=demo, store=store)
        stands.append(kept.rests_on(store))
    assert stands[0] == stands[1]
    assert stands[1] != stands[2] == stands[3]
    assert stands[3] != stands[4]  # of the two another is the newer
    assert kept.rests_on(store, scans=False) == ()
