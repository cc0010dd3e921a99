"""A disk that is full is said as the ledger says it, and is no fault of Entrepot."""

from __future__ import annotations

import errno
import os

import pytest
from tests.server.seen import shown

from entrepot.core import files
from entrepot.core.errors import BadInputError
from entrepot.server.jobs import job_folder
from entrepot.server.page_parts import desk_files, screened_file
from entrepot.server.refusal import status_of, told
from entrepot.server.verbs import said_to_verb

SENT = {"parties": ("suppliers.csv", "supplier\nAn Invented Cooperage\n")}


def refusing(number):
    def full(*_given, **_named):
        raise OSError(number, os.strerror(number))

    return full


@pytest.mark.parametrize("path", ["/v1/jobs/screen", "/v1/screen"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_an_upload_to_a_full_disk(open_client, store, monkeypatch, path, number):
    monkeypatch.setattr(said_to_verb, "_copied", refusing(number))
    before = set((store / job_folder.FOLDER).glob("*"))
    answer = open_client.post(path, files=SENT)
    assert answer.status_code == 503
    error = answer.json()["error"]
    assert error["thing"] == f"cannot write ({os.strerror(number)})"
    assert error["remedy"].startswith("Make room on the disks of the server")
    assert "/" not in error["remedy"], "where the disk lies concerns no client"
    assert "fault of Entrepot" not in answer.text
    assert set((store / job_folder.FOLDER).glob("*")) == before, "nothing of it is left"


def test_who_runs_the_server_is_told_in_its_log_which_disk_is_full(open_client, monkeypatch, capsys):
    monkeypatch.setattr(said_to_verb, "_copied", refusing(errno.ENOSPC))
    open_client.post("/v1/screen", files=SENT)
    assert "Free space on the disk of /" in capsys.readouterr().err


def test_a_folder_of_a_job_that_cannot_be_made(open_client, monkeypatch):
    monkeypatch.setattr(job_folder.Path, "mkdir", refusing(errno.ENOSPC))
    answer = open_client.post("/v1/jobs/screen", files=SENT)
    assert (answer.status_code, "Make room on the disks" in answer.text) == (503, True)


@pytest.mark.parametrize(
    ("number", "to_do"), [(errno.ENOSPC, "Make room on the disks of the server"), (errno.EACCES, "its log says why")]
)
def test_a_file_that_is_dropped_on_the_desk(open_client, store, monkeypatch, number, to_do):
    monkeypatch.setattr(desk_files, "_opened", refusing(number))
    answer = open_client.post("/desk", files={"file": ("a.csv", "supplier\nAn Invented Cooperage\n")})
    assert answer.status_code == 503
    assert os.strerror(number) in answer.text
    assert to_do in answer.text
    assert str(store) not in answer.text


def test_what_the_disk_refuses_elsewhere_is_no_internal_error_and_what_is_ours_stays_one():
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
        exc = OSError(number, os.strerror(number))
        assert status_of(exc) == 503
        assert "Make room on the disks of the server" in told(exc)["error"]["message"]
        assert told(exc)["error"]["thing"] == f"cannot write ({os.strerror(number)})"
    for exc in (FileNotFoundError(errno.ENOENT, "gone"), OSError("broken"), ValueError("x"), ConnectionResetError()):
        assert status_of(exc) == 500
        assert told(exc)["error"]["thing"] == "internal error"


def test_a_disk_that_fills_while_a_file_is_screened_is_no_fault_of_its_columns(open_client, monkeypatch, tmp_path):
    def fills(*_given, **_named):
        with files.replacing(tmp_path / "results.json"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(BadInputError, match="--out") as said:
        fills()
    assert status_of(said.value) == 503
    assert "--out" not in told(said.value)["error"]["message"]
    sent = {"file": ("full.csv", "supplier\nAn Invented Cooperage of a Full Disk\n")}
    place = open_client.post("/desk", files=sent).headers["location"]
    open_client.post(place, data={"act": "screen"})
    with monkeypatch.context() as patched:
        patched.setattr(screened_file, "_screen", fills)
        page = open_client.get(place)
        assert (page.status_code, "Make room on the disks of the server" in page.text) == (503, True)
        assert "--out" not in page.text
        assert str(tmp_path) not in page.text
        assert 'name="holds-1"' not in page.text
    # Once there is room it is screened, by the columns that were confirmed.
    assert "1 row in the file" in shown(open_client, place).text
