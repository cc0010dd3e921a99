"""What stands above a table of what is the same in every row."""

from __future__ import annotations

import pyarrow as pa

from entrepot.cli.terminal import table_text


def test_a_column_that_is_empty_throughout_is_no_value_of_every_row():
    rows = {"figure": ["a", "b"], "95 in 100 draws": ["", ""], "status": ["simulated", "simulated"]}
    shown = table_text(pa.table(rows), constants=False)
    assert "status simulated" in shown
    assert "draws" not in shown
    held = table_text(pa.table(rows | {"95 in 100 draws": ["1 to 2", "1 to 2"]}), constants=False)
    assert "95 in 100 draws 1 to 2" in held
