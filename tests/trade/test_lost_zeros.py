"""Codes that a spreadsheet took the leading zero off, judged one by one where not all can have lost it."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

HEAD = "reporter,partner,flow,product,period,value_usd\n"


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        # Coffee, tea and cut flowers with a code that is none: each by itself.
        (("9011100", "90210", "603110", "9999900"), ("09011100", "090210", "603110", "9999900")),
        (("9011100", "902", "3010"), ("09011100", "0902", "3010")),
        (("9011100", "902", "999"), ("09011100", "0902", "999")),
        # Industries and groups of another classification, of which a few look like headings.
        (("315", "334", "336", "701"), ("315", "334", "336", "701")),
        (("71231", "78120", "90110", "61130"), ("71231", "78120", "90110", "61130")),
    ],
)
def test_zeros_are_put_back_where_that_is_sure(tmp_path, printed, read):
    path = tmp_path / "flows.csv"
    path.write_text(HEAD + "".join(f"TUR,GEO,export,{code},2024,{at + 7}\n" for at, code in enumerate(printed)))
    loaded = alike(path, tmp_path)
    found = {r["value_usd"]: r["product"].lstrip("+") for r in loaded.table.to_pylist() if r["product"][-1] != "~"}
    assert [found[at + 7.0] for at in range(len(read))] == [*read]


def test_those_that_stay_are_told_with_what_to_do(write):
    loaded = write(HEAD + "TUR,GEO,export,9011100,2024,1\nTUR,GEO,export,9999900,2024,2\n")
    (told,) = (f for f in loaded.faults.to_pylist() if "a digit is missing" in f["what"])
    assert "'9999900'" in told["what"]
    assert "write it in full" in told["what"]
