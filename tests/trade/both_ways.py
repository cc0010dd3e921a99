"""A file of flows read held and in blocks, which have to give the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from entrepot.trade.loading import flow_file, streamed

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.trade.loading.flow_file import Loaded


def alike(path: Path, tmp_path: Path, mapping: Path | None = None) -> Loaded:
    """Held and in blocks: the same flows, faults with their rows, notes, form and tally; gives what was read."""
    out = tmp_path / "out" / "flows.parquet"
    whole = flow_file.load((path,), mapping=mapping)
    done = streamed.load_to((path,), out, streamed.Manner(mapping=mapping))
    assert pq.read_table(out).cast(whole.table.schema).equals(whole.table)
    assert done.faults.equals(whole.faults)
    assert (done.form, done.notes, done.tally) == (whole.form, whole.notes, whole.tally)
    assert done.losses.share() == whole.losses.share()
    return whole
