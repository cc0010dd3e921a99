"""A Spark cluster as this run sees it: connected to, looked at before work starts, given parts, and left."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from warnings import catch_warnings, filterwarnings

from entrepot import __version__
from entrepot.core.errors import BadInputError
from entrepot.core.runtime import extras
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import tr
from entrepot.screening.on_spark.sent_names import sent_names
from entrepot.screening.on_spark.worker import PART_BACK, PART_SENT, Meeting, code_sha256, look_of, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    from entrepot.lists.search_set import Searched
    from entrepot.screening.matching.match import Terms

_MASTER = re.compile(r"spark://\S+|local(\[(\d+|\*)(,\s*\d+)?\])?|yarn|k8s://\S+")
_ALLOWED = "spark://HOST:PORT, yarn, k8s://…, local[N]"
_CONNECTS_WITHIN = 5.0  # seconds for a connection to a master: one that needs more has more serious trouble
_ANSWERS_WITHIN = 90.0  # seconds until a first worker must have answered: on a busy cluster a start takes a minute
_SETTLED = 2.0  # seconds without another worker after which those that are there are all that come
_LOOK = 0.2  # seconds between two looks
_ENDS_WITHIN = 60.0  # seconds for Spark's own process to end: it removes its files first
_GONE = 30.0  # seconds without any worker after which a run gives up: a master starts a lost one anew in a few
_TRIES = 8  # times that a part is given out: a worker that dies takes its parts along, and may die often
# There the machine's own name is not asked for, which without a network nothing knows.
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_AGAIN = "What is finished is kept beside --out: run the same command with --resume."


@dataclass(frozen=True, slots=True)
class Workers:
    """The machines of a cluster that hold the names.

    Attributes:
        slots: parts that they meet at one time.
        hosts: their names.
    """

    session: SparkSession
    meeting: Meeting
    slots: int
    hosts: tuple[str, ...]

    def meet(self, parts: Sequence[tuple[int, pa.RecordBatch]]) -> dict[int, tuple[pa.RecordBatch, list[str]]]:
        """What each part gives.

        Args:
            parts: number, and parties under PARTIES.

        Raises:
            BadInputError: the cluster did not do it; the message says what is known of why.
        """
        import pyarrow as pa

        numbers, batches = zip(*parts, strict=True)
        columns = [pa.array(numbers, pa.int64()), pa.array([packed(b) for b in batches], pa.binary())]
        sent = pa.Table.from_arrays(columns, schema=pa.schema([("number", pa.int64()), ("parties", pa.binary())]))
        with told():
            rows = self.session.createDataFrame(sent, PART_SENT).mapInArrow(self.meeting, PART_BACK).collect()
        if refused := sorted({r["refused"] for r in rows if r["refused"]}):
            raise _refused(refused)
        back = {r["number"]: (unpacked(bytes(r["matches"])), json.loads(r["codes"])) for r in rows}
        if lost := sorted(set(numbers) - set(back)):
            raise BadInputError(
                tr("the cluster gave parts back that are not all"),
                found=tr("missing: {lost}", lost=lost),
                remedy=_AGAIN,
            )
        return back

    def stop_work(self) -> None:
        """End what still runs."""
        with suppress(Exception):
            self.session.sparkContext.cancelAllJobs()

    def are_gone(self) -> bool:
        """Whether no worker is left, and none has come back for a while."""
        end = time.monotonic() + _GONE
        while not _executors(self.session):
            if time.monotonic() > end:
                return True
            time.sleep(_LOOK)
        return False


def refuse_unknown_master(master: str) -> None:
    """Stop where an address is none of a Spark cluster.

    Args:
        master: as Spark writes it.

    Raises:
        BadInputError: says what is taken.
        MissingExtraError: the packages of the extra `spark` are not installed.
    """
    if not _MASTER.fullmatch(master):
        remedy = tr("Spark Connect (sc://) sends no files to workers and is not taken.") if "sc://" in master else ""
        raise BadInputError(tr("this is no address of a Spark cluster"), found=master, allowed=_ALLOWED, remedy=remedy)
    extras.need("spark", tr("a screening on a cluster"))
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        remedy = tr("Install a Java runtime of version 17 or newer, or set JAVA_HOME.")
        raise BadInputError(tr("Spark needs Java, and none is found"), found="java", remedy=remedy)


@contextmanager
def cluster(master: str, against: Searched, terms: Terms) -> Iterator[Workers]:
    """The workers of a cluster, each with the names of a screening.

    Args:
        master: the address of the cluster, as Spark writes it.
        against: the names; they are sent.
        terms: how parties are met.

    Raises:
        BadInputError: no worker answers, or one has another version, other names, none, or no room for them.
    """
    refuse_unknown_master(master)
    refuse_silent_master(master)
    with without_pandas_warning(), scratch() as folder, spark_session(master) as session:
        meeting_names, paths = sent_names(against, folder)
        with told():
            context = session.sparkContext
            sent = {Path(known).name for known in context.listFiles}  # by an earlier screening of this session
            for path in paths:
                if path.name not in sent:  # its hash is in the name
                    context.addFile(str(path))
        count = _registered(session)
        hosts = _looked_at(session, count, meeting_names.sha256)
        slots = max(1, session.sparkContext.defaultParallelism)
        yield Workers(session, Meeting(meeting_names, terms, code_sha256()), slots, hosts)


def refuse_silent_master(master: str) -> None:
    """Stop where nothing listens at the address of a standalone cluster: Spark itself asks for a minute.

    Args:
        master: the address; with several masters, one that answers is enough.

    Raises:
        BadInputError: none does.
    """
    reason = ""
    for address in master.removeprefix("spark://").split(",") if master.startswith("spark://") else ():
        host, _, port = address.rpartition(":")
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=_CONNECTS_WITHIN):
                return
        except (OSError, ValueError, OverflowError) as exc:
            reason = str(exc)
    if reason:
        remedy = tr("Start the cluster, or look at the first line of its master's log for its address.")
        raise BadInputError(tr("no master of a cluster answers"), found=f"{master}: {reason}", remedy=remedy)


@contextmanager
def without_pandas_warning() -> Iterator[None]:
    """Let pyspark be quiet: it asks for pandas before `mapInArrow` and warns of versions; nothing of it is used."""
    with catch_warnings():
        filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


@contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """A session of one's own, or the one that a program already has with this master, which stays.

    Args:
        master: the address of the cluster.

    Raises:
        BadInputError: Spark does not start, or the program has a session with another cluster.
    """
    from pyspark.sql import SparkSession

    if (active := SparkSession.getActiveSession()) is not None:
        if active.sparkContext.master != master:
            found = tr("{master}, not {master_2}", master=active.sparkContext.master, master_2=master)
            raise BadInputError(
                tr("this program has a session with another cluster"), found=found, remedy=tr("Stop it first.")
            )
        yield active
        return
    # The interpreter of the workers must be of the version of this one; on one's own machine it is this one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if urlsplit(master).hostname in _LOOPBACK or master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with _driver(master) as context, told():  # what is told is asked of Spark, so while it is there
        session = SparkSession(context)
        try:
            yield session
        finally:
            with suppress(Exception):  # a cluster that is gone cannot be left in order
                session.stop()


@contextmanager
def _driver(master: str) -> Iterator[SparkContext]:
    """Spark's own process beside this one; what it prints is kept apart, and told where it does not start."""
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway

    settings = {
        "spark.app.name": "entrepot screen",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.task.maxFailures": str(_TRIES),
        "spark.stage.maxConsecutiveAttempts": str(_TRIES),
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1",  # a row is a whole part
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_log_settings()}",
    }
    if "SPARK_LOCAL_IP" in os.environ:
        address = os.environ["SPARK_LOCAL_IP"]
        settings |= {"spark.driver.host": address, "spark.driver.bindAddress": address}
    conf = SparkConf().setMaster(master).setAll(list(settings.items()))
    with TemporaryFile() as said:
        try:
            launch: Any = launch_gateway  # it has no types
            gateway = launch(conf, {"stderr": said, "stdout": said})
            context = SparkContext(conf=conf, gateway=gateway)
        except Exception as exc:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
            reason = next((line for line in lines if "Exception" in line or "Error" in line), _reason(exc))
            remedy = tr("Look at its address, and at Java: version 17 or newer.")
            raise BadInputError(tr("Spark does not start"), found=reason.strip(), remedy=remedy) from exc
        try:
            yield context
        finally:
            gateway.shutdown()
            if gateway.proc is not None:  # it ends where nobody holds its input; None where another program began it
                gateway.proc.stdin.close()
                try:
                    gateway.proc.wait(timeout=_ENDS_WITHIN)
                except TimeoutExpired:  # on a busy machine: the work is done, and is not lost over it
                    gateway.proc.kill()
            SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - else the next run talks to the one that ended


def _log_settings() -> str:
    """Where what Spark says is set, as an address: a path may hold a space, at which options are cut."""
    return Path(str(files(__package__) / "log4j2.properties")).absolute().as_uri()


def _executors(session: SparkSession) -> int:
    """Workers that have answered; of `local` the one process that is all."""
    jvm = session.sparkContext._jsc.sc()  # noqa: SLF001 - pyspark's own tracker does not tell of workers
    return max(0, len(jvm.statusTracker().getExecutorInfos()) - (0 if jvm.isLocal() else 1))


def _registered(session: SparkSession) -> int:
    """The number of workers, once no more come.

    Raises:
        BadInputError: none came.
    """
    end, seen, since = time.monotonic() + _ANSWERS_WITHIN, 0, time.monotonic()
    while time.monotonic() < end:
        with told():
            now = _executors(session)
        if now != seen:
            seen, since = now, time.monotonic()
        if seen and time.monotonic() - since >= _SETTLED:
            return seen
        time.sleep(_LOOK)
    if seen:
        return seen
    remedy = tr("Look at the page of its master: are workers there, and have they free cores and memory?")
    raise BadInputError(tr("no worker of the cluster answers"), found=session.sparkContext.master, remedy=remedy)


def _looked_at(session: SparkSession, count: int, sha256: dict[str, str]) -> tuple[str, ...]:
    """Look at each worker before work starts.

    Args:
        session: with the cluster.
        count: workers; each takes one of as many tasks that start together.
        sha256: of the files that were sent.

    Returns:
        The names of their hosts.

    Raises:
        BadInputError: names each that cannot take part, and why.
    """
    rows = session.createDataFrame([(n,) for n in range(count)], "number long").repartition(count)
    with told():
        seen = [json.loads(r["seen"]) for r in rows.mapInArrow(look_of(sha256), "seen string", barrier=True).collect()]
    here = code_sha256()
    faults = []
    for s in seen:
        if not s["version"]:
            faults.append(tr("{host}: no Entrepot in the Python of its workers", host=s["host"]))
        elif s["version"] != __version__:
            faults.append(
                tr(
                    "{host}: Entrepot {version}, here {version_2}",
                    host=s["host"],
                    version=s["version"],
                    version_2=__version__,
                )
            )
        elif s["code"] != here:
            faults.append(
                tr(
                    "{host}: another build of Entrepot {version}, or other data in it",
                    host=s["host"],
                    version=__version__,
                )
            )
        elif s["fault"]:
            faults.append(f"{s['host']}: {s['fault']}")
    if faults:
        raise _refused(sorted(set(faults)))
    return tuple(sorted({s["host"] for s in seen}))


def _refused(faults: Sequence[str]) -> BadInputError:
    remedy = tr(
        "Install Entrepot {version} there, as it is here; PYSPARK_PYTHON names the Python of the workers.",
        version=__version__,
    )
    return BadInputError(tr("workers of the cluster cannot take part"), found="; ".join(faults), remedy=remedy)


@contextmanager
def told() -> Iterator[None]:
    """Spark's errors as one sentence; a fault of ours is none of them."""
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError, OSError, EOFError) as exc:  # the last two where its process is gone
        raise BadInputError(tr("the cluster did not do its work"), found=_reason(exc), remedy=_AGAIN) from exc


def _reason(exc: Exception) -> str:
    """The line of an error that says why: the last of a worker's own, else the first."""
    lines = [line.strip() for line in str(exc).splitlines() if line.strip()]
    own = [line for line in lines if re.match(r"[\w.]+(Error|Exception): ", line) and not line.startswith("py4j")]
    caused = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    return next(iter([*caused[-1:], *own[-1:], *lines[:1]]), type(exc).__name__)
