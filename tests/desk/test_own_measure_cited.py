"""A measure of one's own is cited by what its file says of its source: in the answer, its files, and later by id."""

from __future__ import annotations

import json

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk
from entrepot.measures.measure import measure

SHORT = """
title = "Ban on oil products"
who = "EU"
whom = ["RUS"]
goods = ["2710.19"]
from = 2023-02-05
"""
LONG = """
id = "car-order"
title = "Order on cars"
short = "Car order"
jurisdiction = "KZ"
kind = "import_ban"
authority = "Ministry"
status = "in_force"
checked = 2026-11-30
direction = "import"
territory = []
countries = ["KG"]
summary = "Bars cars."
unknown = []

[[provision]]
id = "ban"
name = "Ban"
from = 2023-03-01
text = "Cars of heading 8703 may not enter."
subject = "cars"
threshold = "any amount"
goods = "listed"
hs = [ { prefix = "8703", basis = "named" } ]
citation = "Order 77 of 2023"
verified = "official"
sources = ["SOURCE"]
rows = []

[[source]]
id = "SOURCE"
publisher = "Министерство финансов"
title = "Приказ № 77"
url = "https://example.org/77"
url_basis = "seen"
source_kind = "original"
published = 2023-01-15
"""


def briefed(tmp_path, text, name="tools.toml"):
    """A desk, the sources of the one finding of a measure of one's own, the explanation of it, and the text."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    desk = Desk(tmp_path / "store")
    desk.brief(str(file), out=tmp_path / "out")
    (found,) = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))
    (said,) = desk.explain(found["id"])
    return found["sources"], said, (tmp_path / "out" / "answer.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "publisher", "url"),
    [
        ('source = "https://example.org/reg/2367"', "example.org (your own measure)", "https://example.org/reg/2367"),
        ('source = "ბრძანება 201"', "ბრძანება 201 (your own measure)", None),
        ("", "tools.toml (your own measure)", None),
    ],
)
def test_a_figure_of_a_measure_in_the_short_form_opens_what_the_file_names(tmp_path, line, publisher, url):
    (cited,), said, answer = briefed(tmp_path, SHORT + line)
    assert (cited["publisher"], cited["url"]) == (publisher, url)
    assert [(s["publisher"], s["url"]) for s in said.sources] == [(publisher, url)]
    assert publisher in answer
    assert not said.lost
    assert [row["valid_from"] for table, row in said.rows if table == "measures"] == ["2023-02-05"]


def test_a_figure_of_a_measure_in_the_long_form_opens_its_source(tmp_path):
    (cited,), said, answer = briefed(tmp_path, LONG.replace("SOURCE", "s-order-77"))
    assert cited["publisher"] == "Министерство финансов (your own measure)"
    assert said.sources[0]["url"] == "https://example.org/77"
    assert said.sources[0]["title"] == "Приказ № 77"
    assert "<https://example.org/77>" in answer
    assert not said.lost


def test_a_source_of_ones_own_never_takes_the_id_of_another(tmp_path):
    with pytest.raises(BadInputError, match="another source of the record"):
        briefed(tmp_path, LONG.replace("SOURCE", "s-uflpa-law"))


def test_a_file_that_is_called_as_a_source_of_the_record_is_not_cited_as_it(tmp_path):
    (cited,), _, _ = briefed(tmp_path, SHORT, name="uflpa-law.toml")
    assert cited["publisher"] == "uflpa-law.toml (your own measure)"


def test_what_was_cited_stays_when_the_file_names_another_source(tmp_path):
    _, then, _ = briefed(tmp_path, SHORT + 'source = "Order of May"')
    _, now, _ = briefed(tmp_path, SHORT + 'source = "Order of June"')
    (kept,) = Desk(tmp_path / "store").explain(then.id)
    assert [s["publisher"] for s in kept.sources] == ["Order of May (your own measure)"]
    assert [s["publisher"] for s in now.sources] == ["Order of June (your own measure)"]


def test_a_long_form_that_changed_does_not_change_what_was_said(tmp_path):
    text = LONG.replace("SOURCE", "s-order-77")
    _, then, _ = briefed(tmp_path, text)
    later = text.replace("2023-03-01", "2024-07-01").replace("/77", "/78")
    _, now, _ = briefed(tmp_path, later)
    (kept,) = Desk(tmp_path / "store").explain(then.id)
    for said, day, url in (
        (kept, "2023-03-01", "https://example.org/77"),
        (now, "2024-07-01", "https://example.org/78"),
    ):
        assert said.says["value"] == day
        assert [row["valid_from"] for table, row in said.rows if table == "measures"] == [day]
        assert [s["url"] for s in said.sources] == [url]


@pytest.mark.parametrize(
    ("name", "own_id"), [("запрет.toml", "zapret"), ("Ban 2.toml", "ban-2"), ("禁令.toml", "jinling")]
)
def test_files_called_in_other_scripts_have_ids_of_their_own(tmp_path, name, own_id):
    (tmp_path / name).write_text(SHORT, encoding="utf-8")
    assert measure(str(tmp_path / name)).id == own_id
