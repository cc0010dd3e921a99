"""What of an answer goes out beside its rows is said by each class: nothing of it is left behind unseen."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
from functools import cached_property

import entrepot.desk
from entrepot.desk.answer import Answer
from entrepot.desk.load import load
from entrepot.desk.screen import screen
from entrepot.server.rows_sent import as_json
from entrepot.server.verbs.verb_call import as_answer

# Class -> what stays behind: of what a document or a page is made, what the rows say already, and a whole case of the
# ledger, whose salts are for who redacts.
KEPT_BACK = {
    "Brief": {"report", "sources", "page"},
    "CaseRecord": {"record"},
    "Check": {"checked", "claims", "report", "found", "verdicts", "html"},
    "Dossier": {"charts", "grouped", "steps", "asked"},
    "EventStudy": {"asked"},
    "Flows": {"placed"},
    "Load": {"written", "tally"},
    "Replication": {"within"},
    "Review": {"matches", "profiles"},
    "Screening": {"run", "written", "decided", "with_quiet", "profiles", "parties", "found"},
    "Simulation": {"found", "short"},
    "Traced": {"exposed"},
    "Version": {"files", "row"},
}
FLOWS = (
    "reporter,exporter,importer,product,period,value_usd\n"
    "DEU,DEU,RUS,854231,2022,900000\nDEU,DEU,Atlantis,854231,2022,5\nDEU,DEU,FRA,854231,2022,12000000\n"
)


def classes(above=Answer):
    for below in above.__subclasses__():
        yield below
        yield from classes(below)


def test_every_attribute_of_an_answer_goes_out_or_is_kept_back_by_name():
    for module in pkgutil.iter_modules(entrepot.desk.__path__):
        importlib.import_module(f"entrepot.desk.{module.name}")
    found = {c for c in classes() if c.__module__.startswith("entrepot.")}
    assert {"Load", "Screening"} <= {c.__name__ for c in found}
    for one in found:
        of_fields = {f.name for f in dataclasses.fields(one)} - {"made", "notes"}
        read = {n for n, v in vars(one).items() if isinstance(v, (property, cached_property)) and n[0] != "_"}
        assert set(one.beside) | KEPT_BACK.get(one.__name__, set()) == of_fields | read, one


def test_what_is_wrong_with_a_file_of_flows_goes_out(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(FLOWS, encoding="utf-8")
    _, told = as_answer(load(path, accept_loss=1))
    assert "Atlantis" in json.dumps(told["faults"])
    assert told["form"] == "own"
    assert len(told["rows"]) == 2
    assert told["summary"]
    json.loads(as_json(told))


def test_cases_go_out_with_a_screening_and_none_with_columns_that_were_only_read(tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text("name\nHetian Taida Apparel\n", encoding="utf-8")
    _, told = as_answer(screen(path, store=tmp_path / "store", workers=1))
    assert {c["case_id"] for c in told["cases"]} == {r["case_id"] for r in told["rows"]}
    _, told = as_answer(screen(path, columns=True, store=tmp_path / "store"))
    assert [r["heading"] for r in told["rows"]] == ["name"]
    assert told["cases"] == []
