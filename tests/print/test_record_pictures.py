"""The pictures of a record in the documentation show what a screening prints."""

from __future__ import annotations

import pytest

pytest.importorskip("typst")
import record_pictures


@pytest.mark.slow
def test_the_pictures_are_what_the_record_shows():
    for name, data in record_pictures.drawn().items():
        assert (record_pictures.IMAGES / name).read_bytes() == data, f"{name}: run make pictures"
