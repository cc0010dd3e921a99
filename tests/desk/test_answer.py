"""What a verb gives back: a table to whatever reads one, and to code that was written for a bare table."""

import polars as pl
import pyarrow as pa
import pytest

from entrepot.desk.answer import Answer

ROWS = pa.table({"a": [1, 2]})


def test_what_reads_arrow_takes_an_answer_for_its_table():
    assert pa.table(Answer(lambda: ROWS)) == ROWS
    assert pl.DataFrame(Answer(ROWS)).to_dict(as_series=False) == {"a": [1, 2]}


def test_what_a_table_can_do_is_done_with_a_warning():
    with pytest.warns(FutureWarning, match=r"\.column is now called \.table\.column"):
        assert Answer(ROWS).column("a").to_pylist() == [1, 2]


@pytest.mark.parametrize("name", ["colunm", "_repr_html_"])
def test_what_no_table_can_do_is_refused(name):
    with pytest.raises(AttributeError, match=name):
        getattr(Answer(ROWS), name)
