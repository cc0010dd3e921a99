"""What every test may ask for: the data shelf, a browser, the command line in an isolated store."""

from __future__ import annotations

import csv
import gc
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import ready_stores
from forked_commands import AT_START, LoadedCommands, Ran, run_started

ROOT = Path(__file__).parents[1]
# As the commands ask: two threads over small matrices wait for each other, and a brief takes five times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Under ENTREPOT_CI=1 everything is there that a test may need: a test that skips has not been run, and fails.
IN_CI = os.environ.get("ENTREPOT_CI") == "1"
# How long an example takes is the machine's affair; what is fast has a benchmark or a test of its own.
# Under CI the examples are the same each time, so that chance undoes no submission, and fewer; elsewhere they are new.
# How long an example takes to draw is not what a test is about: no timing is an assertion.
hypothesis.settings.register_profile(
    "entrepot",
    deadline=None,
    derandomize=IN_CI,
    max_examples=40 if IN_CI else 100,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("entrepot")

# To look for cyclic garbage every few hundred objects, in all that thousands of tests hold, is a tenth of their time.
gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """What is collected stays to the end: no search for garbage goes through it."""
    gc.collect()
    gc.freeze()


# Tests that took over two and a half seconds of their own on two slow cores, with how many: one in twenty-five, half of
# the time. What they hold is held before an issue is closed (`make test-slow`).
LONG_TESTS = Path(__file__).with_name("long_tests.csv")
# Seconds that the tests of a file take together. What a file sets up is paid by the first of its tests that runs, so
# that whole files are left out: more than half of them take longer, and nineteen twentieths of the time.
LONG = 2.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--long-in", metavar="FILE", help=f"leave out files that took over {LONG:g} s in this JUnit report"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what takes long as slow; leave out files that a run on another interpreter, before, found to be long."""
    with LONG_TESTS.open(encoding="utf-8", newline="") as handle:
        long = {row["test"] for row in csv.DictReader(handle)}
    for item in items:
        if item.nodeid in long:
            item.add_marker(pytest.mark.slow)
    if not (report := config.getoption("--long-in")):
        return
    took: Counter[str] = Counter()
    for case in ET.parse(report).iter("testcase"):
        took[str(case.get("classname"))] += float(case.get("time", 0))
    left_out = {i for i in items if took[_module(i)] > LONG}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [i for i in items if i not in left_out]


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0].removesuffix(".py").replace("/", ".")


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that names its reason; an expected failure stays what it is."""
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason} (a skip is a failure under ENTREPOT_CI=1)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if IN_CI:
        fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if IN_CI:
        fail_if_skipped(report)
    return report


QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


@pytest.fixture(scope="session")
def shared() -> Path:
    """The data shelf beside the project: read, never written, never committed."""
    shelf = Path(os.environ.get("ENTREPOT_SHARED") or ROOT.parent / "shared")
    if not (shelf / "data").is_dir():
        pytest.skip("needs ../shared, the data shelf")
    return shelf


@pytest.fixture
def speaks_also(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Callable[..., str]]:
    """Adds a language of a few sentences, compiled as `scripts/words --compile` does."""
    import io

    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    from entrepot.core.words import catalogue, languages

    def add(tag: str, said: dict[tuple[str, str], str], rows: tuple[str, ...], plurals: str) -> str:
        """The tag of a language: its sentences by context and English, its forms of "row", and whose plurals it has."""
        held = Catalog(locale=plurals)
        for (context, text), told in said.items():
            held.add(text, told, context=context or None)
        held.add(("{count:,} row", "{count:,} rows"), rows)
        stream = io.BytesIO()
        write_mo(stream, held)
        (tmp_path / f"{tag}.mo").write_bytes(stream.getvalue())
        monkeypatch.setattr(languages, "FOLDER", tmp_path)
        monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
        catalogue.catalogue.cache_clear()
        return tag

    yield add
    catalogue.catalogue.cache_clear()


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The executable of Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    pytest.skip("needs Chromium on the PATH")


@pytest.fixture(scope="module")
def browser(browser_path):
    """Chromium, which asks for updates and the like of its own unless it is told not to."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=browser_path, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def postgres() -> Generator[str, None, None]:
    """The URL of a fresh server of PostgreSQL, in a folder of its own, by the programs of Debian's package."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not found or not shutil.which("runuser") or sys.platform != "linux":
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    place = Path("/tmp") / f"entrepot-postgres-{os.getpid()}"  # the path of a socket may have 107 letters
    place.mkdir(mode=0o700)
    as_owner: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(place, "postgres", "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]
    control, data = [*as_owner, str(found[-1] / "pg_ctl"), "-D", str(place / "data")], "-A trust -N -U desk"
    subprocess.run([*control, "initdb", "-s", "-o", data], check=True, cwd=place)
    options = f"-k {place} -c listen_addresses='' -c fsync=off"
    try:
        subprocess.run([*control, "start", "-w", "-s", "-l", str(place / "log"), "-o", options], check=True, cwd=place)
        yield f"postgresql://desk@/postgres?host={place}"
    finally:
        subprocess.run([*control, "stop", "-s", "-m", "immediate"], check=False, cwd=place)
        shutil.rmtree(place, ignore_errors=True)


def _isolated(home: Path) -> dict[str, str]:
    """No settings, an empty home and store, UTF-8, no colours."""
    # Without bytecode each process compiles six hundred modules before it starts: a second.
    dropped = ("ENTREPOT_", "XDG_", "PYTHONDONTWRITEBYTECODE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
    return kept | {
        "HOME": str(home),
        "ENTREPOT_STORE": str(home / "store"),
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
        "COLUMNS": "120",
    }


@pytest.fixture(scope="session")
def isolated() -> Callable[[Path], dict[str, str]]:
    """Gives the environment of a person new to Entrepot whose home is the folder given."""
    return _isolated


@pytest.fixture(scope="session")
def ordinary() -> tuple[str, ...]:
    """Words before a command that is to meet the rights of files: to a superuser, who runs some tests, none is shut."""
    if os.geteuid() != 0:
        return ()
    lost = "-dac_override,-dac_read_search,-fowner"
    return ("setpriv", f"--bounding-set={lost}", f"--inh-caps={lost}")


@pytest.fixture(scope="session", autouse=True)
def _empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store; every new one in the tests' own process is a copy of it."""
    made = ready_stores.made_in(tmp_path_factory.mktemp("empty"))
    ready_stores.copy_new_ones(made)
    return made


@pytest.fixture(scope="session")
def _commands(tmp_path_factory: pytest.TempPathFactory, _empty_store: Path) -> Generator[Callable[..., Ran]]:
    """Runs a command in a process of its own: forked from one that has loaded Entrepot, where forks are to be had."""
    held: list[LoadedCommands] = []

    def run(*asked: Any, own: bool) -> Ran:
        if own or not hasattr(os, "fork"):
            return run_started(*asked)
        if not held:
            held.append(LoadedCommands(_isolated(tmp_path_factory.mktemp("loaded")), _empty_store))
        return held[0].run(*asked)

    yield run
    for one in held:
        one.close()


@pytest.fixture
def run_cli(tmp_path_factory: pytest.TempPathFactory, _commands: Callable[..., Ran]) -> Callable[..., Ran]:
    """Runs `python -m entrepot ARGUMENTS` in an empty home with an empty store, both kept for the whole test.

    Options: `cwd`, `stdin` (text or bytes), `env` (added to the environment), `timeout` in seconds.
    """
    home = tmp_path_factory.mktemp("home")

    def run(
        *arguments: str | Path,
        cwd: Path | None = None,
        stdin: str | bytes = b"",
        env: dict[str, str] | None = None,
        timeout: float = 120,
    ) -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        added = env or {}
        own = any(name.startswith(AT_START) for name in added)
        return _commands([*map(str, arguments)], cwd or home, _isolated(home) | added, given, timeout, own=own)

    return run


@pytest.fixture(scope="session")
def record():
    """The embedded record."""
    from entrepot.record.embedded import load

    return load()


@pytest.fixture(scope="session")
def rows(record):
    """The rows of a table as dicts."""
    return lambda name: record.tables[name].to_pylist()


@pytest.fixture(scope="session")
def below():
    """Names the figures of a labelled set that are below their floor in tests/floors.csv, or above their ceiling."""
    from accuracy.floors import faults, read

    floors = read()
    return lambda name, figures: faults(name, figures, floors)
