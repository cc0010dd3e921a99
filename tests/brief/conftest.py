"""The brief of the UFLPA as its reader has it, and briefs for the tests that need many."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

DAY = "2026-11-24"  # the day on which the record closed: nothing in it became known later


@dataclass(frozen=True, slots=True)
class Written:
    """A brief as its reader has it: its files, read back."""

    folder: Path
    report: Any
    findings: list[dict[str, Any]]
    grounds: dict[str, list[tuple[str, str]]]

    @property
    def html(self) -> str:
        return (self.folder / "report.html").read_text(encoding="utf-8")

    def found(self, **wanted: Any) -> list[dict[str, Any]]:
        """The findings whose cells equal these."""
        return [f for f in self.findings if all(f[k] == v for k, v in wanted.items())]


def write(report: Any, sources: dict[str, Any], folder: Path) -> Written:
    """Write a report and read its files back."""
    from entrepot.brief import render

    render.write(report, sources, folder)
    grounds = defaultdict(list)
    with (folder / "grounds.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            grounds[row["finding_id"]].append((row["table"], row["row_id"]))
    findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    return Written(folder, report, findings, dict(grounds))


@pytest.fixture(scope="session")
def sources(record):
    """The register of sources by id."""
    from entrepot.sources.register import by_id

    return by_id(record.tables["sources"])


@pytest.fixture(scope="session")
def uflpa(record, sources, tmp_path_factory) -> Written:
    """`entrepot brief uflpa` with its charts."""
    from entrepot.brief.compose import brief

    return write(brief("uflpa", as_of=DAY, record=record), sources, tmp_path_factory.mktemp("uflpa"))


@pytest.fixture(scope="session")
def plain_brief(record) -> Callable[..., Any]:
    """A brief: `plain_brief("uflpa", as_of=..., changed=another_record)`."""
    from entrepot.brief.compose import brief

    made: dict[tuple[str, str | None], Any] = {}  # a brief of the packaged record is the same each time

    def make(measure_id: str = "uflpa", as_of: str | None = DAY, changed: Any = None) -> Any:
        key = measure_id, as_of
        if changed is None and key in made:
            return made[key]
        report = brief(measure_id, as_of=as_of, record=changed or record)
        if changed is None:
            made[key] = report
        return report

    return make


@pytest.fixture(scope="session")
def ofac(plain_brief, sources, tmp_path_factory) -> Written:
    """`entrepot brief ofac-xinjiang`."""
    return write(plain_brief("ofac-xinjiang"), sources, tmp_path_factory.mktemp("ofac"))


@pytest.fixture(scope="session")
def day() -> date:
    """The day of the brief."""
    return date.fromisoformat(DAY)
