"""One job run in a process of its own: `python -m entrepot.server.jobs.job_run FOLDER STORE`.

Told to end it raises KeyboardInterrupt where code of ours runs, as the command line does, so that a verb cleans up.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.runtime.asked_from import ASKED_FROM
from entrepot.core.runtime.extras import missing
from entrepot.screening.runs.run import parts_folder
from entrepot.server.jobs.job_folder import CANCELLED, DONE, FAILED, RUNNING, JobFolder
from entrepot.server.refusal import status_of, told, traced
from entrepot.server.verbs.keywords_told import tell_in_keywords
from entrepot.server.verbs.verb_call import Called, as_answer
from entrepot.server.verbs.verb_form import verb_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Below the folder of a job: a file that was sent, by field and number; a file that is written.
_BELOW = r"(?:inputs[/\\]+\w+[/\\]+\d+[/\\]+|files[/\\]+)?"
_PAUSE = 0.25  # seconds between two writes of how far it is: a person sees no more
# Verb -> what it writes for a person, by keyword; the folder itself where the name is empty.
WRITTEN: Mapping[str, Mapping[str, str]] = {
    "screen": {"out": "matches.csv", "record": "record.html"},
    "rescreen": {"matches": "matches.csv", "record": "record.html"},
    "brief": {"out": ""},
    "divert": {"html": "scan.html"},
    "simulate": {"html": "simulated.html"},
    "check": {"html": "checked.html"},
    "dossier": {"html": "dossier.html", "pdf": "dossier.pdf"},
    "load": {"out": "flows.parquet"},
}


def run(job: JobFolder, store: Path) -> None:
    """Run a job to its end, unless another process does.

    Args:
        job: the job.
        store: the folder of the store.
    """
    with job.held() as ours:
        if not ours:
            return
        try:
            job.put_state(RUNNING)
            _kept(job, _answer(job, store))
            job.put_state(DONE)
        except KeyboardInterrupt:
            job.put_state(CANCELLED)
        except Exception as exc:  # noqa: BLE001 - the last door: it is said, and the process ends well
            tell_in_keywords(exc, verb_form(job.asked()["verb"]))
            sys.stderr.write(traced(exc) if status_of(exc) >= 500 else "")  # noqa: PLR2004 - HTTP's faults of a server
            job.put_state(FAILED, status=status_of(exc), **_as_sent(told(exc), job))


def _answer(job: JobFolder, store: Path) -> Any:
    asked = job.asked()
    ASKED_FROM.set(asked.get("from", ""))  # for the ledger; a job of an older version did not write it
    form = verb_form(asked["verb"])
    names = WRITTEN.get(form.name, {})
    if missing("print"):  # what needs no packages is written all the same
        names = {k: n for k, n in names.items() if not n.endswith(".pdf")}
    written: dict[str, Any] = {k: job.files.joinpath(n) if n else job.files for k, n in names.items()}
    if asked["said"].get("columns"):  # only asks how columns are read
        written = {}
    if form.name == "screen" and written:
        written["resume"] = parts_folder(written["out"]).exists()  # a killed server left them
    call = Called(form, {**asked["said"], **written}, job.person, store)
    return call.answer(_heard(job, form.listens), workers=0)


def _kept(job: JobFolder, given: Any) -> None:
    """What came out, as files."""
    import pyarrow.parquet as pq

    from entrepot.core.files import replacing

    answer, whole = as_answer(given)
    if answer is not None:
        with replacing(job.table) as part:
            pq.write_table(answer.table, part)
        whole.pop("rows")
    job.put_result(_as_sent(whole, job))


def _as_sent(value: Any, job: JobFolder) -> Any:
    """What came out with each file called as it was sent or is fetched: where a job lies is the server's affair."""
    if isinstance(value, str):
        return re.sub(rf"{re.escape(str(job.path))}[/\\]+{_BELOW}", "", value)
    if isinstance(value, dict):
        return {k: _as_sent(v, job) for k, v in value.items()}
    return [_as_sent(v, job) for v in value] if isinstance(value, (list, tuple)) else value


def _heard(job: JobFolder, listens: str) -> Callable[..., Any]:
    """What a verb tells of its progress, written down: steps by name, or how much is done."""
    last = 0.0

    def write(**said: Any) -> None:
        nonlocal last
        now = time.monotonic()
        if now >= last:
            last = now + _PAUSE
            job.put_state(RUNNING, **said)

    def counted(done: int, of: int | None = None) -> None:
        write(done=done, all=of)

    def named(step: str) -> Callable[..., None]:
        write(step=step)
        return counted

    return named if "str" in listens or listens == "Step" else counted


def main() -> None:
    """Run the job of the arguments."""
    from entrepot.server.jobs.told_to_stop import told_to_stop

    told_to_stop(run.__code__)
    run(JobFolder(Path(sys.argv[1])), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
