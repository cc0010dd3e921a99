"""Tables of a Spark cluster in place of files: what `screen` is given as spark-table:NAME."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from entrepot.core.errors import BadInputError, EntrepotError, printable
from entrepot.core.files import same_file
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import tr
from entrepot.screening.on_spark.cluster_tables import PREFIX, file_of, put, refuse_existing, table_of, taken

if TYPE_CHECKING:
    from collections.abc import Callable

V = TypeVar("V", bound="Callable[..., Any]")


def takes_spark_tables(verb: V) -> V:
    """Let a verb take spark-table:NAME for `parties` and for `out`, where `on` names the cluster.

    A table is copied to a file, which the verb is given; results go to a file, and from it into the table. The file
    stays: it is what the record names, what `rescreen` takes, and what is left where the table cannot be written.

    Args:
        verb: takes `parties`, `on`, `out` and `fmt`.
    """

    @wraps(verb)
    def taking(parties: Any, *given: Any, **named: Any) -> Any:
        source, target = table_of(parties), table_of(named.get("out"))
        if not source and not target:
            return verb(parties, *given, **named)
        with ExitStack() as stack:
            session = stack.enter_context(_session(str(named.get("on") or ""), source, target))
            notes: list[str] = []
            if target:
                named |= {"out": _file_for(target, parties, named), "fmt": "parquet"}
                refuse_existing(session, target)
            if source:
                parties, notes = taken(session, source, stack.enter_context(scratch()))
            found = verb(parties, *given, **named)
            if target and not named.get("part") and not named.get("columns"):
                notes.append(_put(session, named["out"], target))
        return replace(found, notes=(*notes, *found.notes))

    return cast("V", taking)


def _session(on: str, source: str, target: str) -> Any:
    from entrepot.screening.on_spark.cluster import refuse_silent_master, refuse_unknown_master, spark_session

    if not on:
        remedy = tr("Name it with --on, such as --on spark://HOST:7077.")
        raise BadInputError(tr("a table of Spark needs its cluster"), found=PREFIX + (source or target), remedy=remedy)
    refuse_unknown_master(on)
    refuse_silent_master(on)
    return spark_session(on)


def _file_for(target: str, parties: Any, given: dict[str, Any]) -> Path:
    """The file of the results, in the folder in which one works: nothing that lies there is written over."""
    if given.get("fmt"):
        remedy = tr("Leave out --format: a table has none.")
        raise BadInputError(tr("--format does not go with a table of Spark"), found=given["fmt"], remedy=remedy)
    path = Path(file_of(target))
    is_read = isinstance(parties, (str, Path)) and same_file(path, Path(parties))
    if is_read or path.exists():
        found = printable(str(path))
        remedy = tr("The results go there before they go into the table: move it away.")
        raise BadInputError(tr("a file of that name is in the way"), found=found, remedy=remedy)
    return path


def _put(session: Any, path: Path, target: str) -> str:
    at = printable(str(path))
    try:
        put(session, path, target)
    except EntrepotError as exc:
        remedy = tr("The results are whole in {at}: read them into a table from there.", at=at)
        raise BadInputError(tr("the table for the results was not written"), found=str(exc), remedy=remedy) from exc
    return tr("The results are in the table {target}, and in the file {at}.", target=target, at=at)
