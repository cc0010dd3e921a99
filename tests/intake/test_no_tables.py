"""What is no table by its first bytes is refused whatever its name ends in."""

from __future__ import annotations

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.intake.open_table import opened

BEGINS = {
    "a PDF": b"%PDF-1.4 ...",
    "a document of a word processor": b"{\\rtf1\\ansi x}",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "xls", "txt", "json"])
@pytest.mark.parametrize("what", BEGINS)
def test_a_file_of_another_kind_is_called_what_it_is(tmp_path, what, ending):
    path = tmp_path / f"vendors.{ending}"
    path.write_bytes(BEGINS[what])
    with pytest.raises(UnreadableFileError, match=f"is {what}, and no table"):
        opened(path)


@pytest.mark.parametrize("begins", [b"\xff\xd8\xff\xe0JFIF", b"GIF89a\x01", b"II*\0\x08", b"MM\0*\x08"])
def test_pictures_of_other_formats_are_too(tmp_path, begins):
    path = tmp_path / "scan.csv"
    path.write_bytes(begins)
    with pytest.raises(UnreadableFileError, match="a picture"):
        opened(path)


@pytest.mark.parametrize(
    "text", ["PDF,Name\n1,Nordmole\n", "%,Name\n1,Nordmole\n", "GIF,Name\nx,Nordmole\n", "{a},Name\nx,Nordmole\n"]
)
def test_a_table_that_begins_alike_is_read(tmp_path, text):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    assert [row[1] for row in opened(path).rows()] == ["Nordmole"]
