"""The folder of an unfinished run: only what is ours goes, only what was written is taken up."""

from __future__ import annotations

import random
from contextlib import contextmanager, suppress

import openpyxl
import pytest

from entrepot.core.contract import batch
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.screening.contract import MATCHES
from entrepot.screening.parties.file_options import Given
from entrepot.screening.runs.checkpoint import taken_up
from entrepot.screening.runs.run import Keeping, ScreenOptions, screening

NONE = batch(MATCHES, [])


class StoppedError(Exception):
    """Stands for a kill."""


@contextmanager
def stopping(folder, *, resume):
    """A run that is stopped after what is done in the block."""
    with suppress(StoppedError), taken_up(folder, {"a": 1}, resume=resume) as parts:
        yield parts
        raise StoppedError


def stopped(folder):
    """A run that finished one part and was stopped."""
    with stopping(folder, resume=False) as parts:
        parts.add(0, NONE, ["a code"])


def test_a_link_is_refused_and_what_lies_behind_it_stays(tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "part-000000.arrow").write_bytes(b"theirs")
    (tmp_path / ".hits.csv.parts").symlink_to(theirs, target_is_directory=True)
    for resume in (False, True):
        with (
            pytest.raises(BadInputError, match="a link stands"),
            taken_up(tmp_path / ".hits.csv.parts", {"a": 1}, resume=resume),
        ):
            pass
    assert [p.name for p in theirs.iterdir()] == ["part-000000.arrow"]
    assert (theirs / "part-000000.arrow").read_bytes() == b"theirs"


@pytest.mark.parametrize("name", ["letter.txt", "part-1.arrow", "a folder"])
def test_a_folder_with_files_of_others_is_refused_and_they_stay(tmp_path, name):
    folder = tmp_path / ".hits.csv.parts"
    folder.mkdir()
    if name == "a folder":
        (folder / name).mkdir()
    else:
        (folder / name).write_bytes(b"theirs")
    with pytest.raises(BadInputError, match="Nothing in it was touched"), taken_up(folder, {"a": 1}, resume=False):
        pass
    assert [p.name for p in folder.iterdir()] == [name]


def test_a_small_run_leaves_nothing_of_a_larger_one_that_was_killed(tmp_path):
    stopped(tmp_path / ".hits.csv.parts")
    (tmp_path / "p.csv").write_text("name\nExample Works\n")
    with screening(tmp_path / "p.csv", keeping=Keeping(tmp_path / "hits.csv")) as run:
        assert run.screened == 1
    assert [p.name for p in tmp_path.iterdir()] == ["p.csv"]


def test_what_a_stopped_run_left_is_taken_up_or_goes(tmp_path):
    folder = tmp_path / ".hits.csv.parts"
    stopped(folder)
    with taken_up(folder, {"a": 1}, resume=True) as parts:
        assert parts.recover(0)
        assert not parts.recover(1)
    assert not folder.exists()
    stopped(folder)
    with taken_up(folder, {"a": 1}, resume=False) as parts:
        assert not parts.recover(0)
    assert not folder.exists()


def test_a_part_with_a_flipped_bit_is_done_again(tmp_path):
    folder, rng = tmp_path / ".hits.csv.parts", random.Random(3)
    stopped(folder)
    (path,) = folder.glob("part-*")
    whole = path.read_bytes()
    for _ in range(200):
        at = rng.randrange(len(whole) * 8)
        path.write_bytes(whole[: at // 8] + bytes([whole[at // 8] ^ 1 << at % 8]) + whole[at // 8 + 1 :])
        with stopping(folder, resume=True) as parts:
            assert not parts.recover(0)


def test_a_part_that_is_changed_while_the_run_goes_on_ends_it(tmp_path):
    with taken_up(tmp_path / "p", {"a": 1}, resume=False) as parts:
        parts.add(0, NONE, [])
        next((tmp_path / "p").glob("part-*")).write_bytes(b"other")
        with pytest.raises(BadInputError, match="changed while it ran"):
            list(parts.tables())


def test_a_file_that_is_changed_while_it_is_screened_gives_no_result(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("supplier\nAcme\n", encoding="utf-8")

    def replaced(_done, _total):
        path.write_text("supplier\nHoshine Silicon Industry\n", encoding="utf-8")

    with (
        pytest.raises(UnreadableFileError, match="was changed while it was screened"),
        screening(path, progress=replaced),
    ):
        pass


def test_a_run_is_not_taken_up_with_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("entrepot.screening.runs.run.PART", 1)
    book = openpyxl.Workbook()
    for sheet, names in ((book.active, ("Acme", "Bolt")), (book.create_sheet("More"), ("Hoshine Silicon", "Nut"))):
        for row in ("supplier", *names):
            sheet.append([row])
    book.active.title = "First"
    book.save(tmp_path / "s.xlsx")
    keeping = Keeping(tmp_path / "hits.csv")
    with pytest.raises(StoppedError), screening(tmp_path / "s.xlsx", keeping=keeping):
        raise StoppedError
    other = ScreenOptions(given=Given(sheet="More"))
    with (
        pytest.raises(BadInputError, match="given sheet was , is More"),
        screening(tmp_path / "s.xlsx", keeping=Keeping(tmp_path / "hits.csv", resume=True), options=other),
    ):
        pass
