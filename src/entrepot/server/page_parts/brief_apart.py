"""The short answer of a brief worked out in a process of its own: seconds of the processor that hold up no other page.

In a thread of the server it would have half of each moment in which another page is drawn.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, EntrepotError
from entrepot.core.runtime.workers import ends_with_parent
from entrepot.core.words.translate import tr
from entrepot.server.refusal import traced

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from multiprocessing.connection import Connection

    from entrepot.desk.answer import Step
    from entrepot.desk.brief import Brief
    from entrepot.desk.keeping import Store

_STEP, _FIRST, _DONE, _REFUSED, _FAILED = range(5)  # what a message says


def brief_apart(
    measure: str, *, as_of: str | date | None, store: Store, progress: Step, first: Callable[[Brief], None]
) -> Brief:
    """What `short_brief` gives, from a process that ends with this one.

    Args:
        measure: as in `brief`.
        as_of: likewise.
        store: likewise.
        progress: likewise; where it raises, the process is ended.
        first: given what is known before the map is drawn.

    Raises:
        EntrepotError: what the verb refused.
        BadInputError: the process was ended from elsewhere before its answer was there.
        RuntimeError: a fault of ours, with where it was.
    """
    from multiprocessing import get_context

    # Spawned, not forked: a fork copies the locks of threads that the server and Arrow run.
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(theirs, measure, as_of, store), name="brief", daemon=True)
    process.start()
    theirs.close()  # so that the end of the process is the end of what it says
    try:
        with ours:
            return _heard(ours, progress, first)
    except EOFError as exc:
        raise BadInputError(
            tr("what worked this out was ended before its answer was there"), remedy=tr("Ask again.")
        ) from exc
    finally:
        process.kill()  # it has nothing more to say
        process.join()


def _heard(ours: Connection, progress: Step, first: Callable[[Brief], None]) -> Brief:
    while True:
        kind, said = ours.recv()
        if kind == _DONE:
            answer: Brief = said
            return answer
        if kind == _REFUSED:
            raise _again(*said)
        if kind == _FAILED:
            raise RuntimeError(said)
        if kind == _FIRST:
            first(said)
        else:
            progress(*said)


def _again(of: type[EntrepotError], args: tuple[Any, ...], facts: Mapping[str, Any]) -> EntrepotError:
    """A refusal as it was raised: errors are made from their facts, which a pickle would not give them."""
    made = of.__new__(of, *args)
    vars(made).update(facts)
    return made


def _told(theirs: Connection, measure: str, as_of: str | date | None, store: Store) -> None:
    """In the process: work it out, and say what there is to say."""
    ends_with_parent()
    with theirs, suppress(BrokenPipeError):  # nobody listens any more

        def say(kind: int, said: Any) -> None:
            theirs.send((kind, said))

        try:
            from entrepot.desk.brief import short_brief

            say(
                _DONE,
                short_brief(
                    measure,
                    as_of=as_of,
                    store=store,
                    progress=lambda *step: say(_STEP, step),
                    first=lambda early: say(_FIRST, early),
                ),
            )
        except EntrepotError as exc:
            say(_REFUSED, (type(exc), exc.args, vars(exc)))
        except BrokenPipeError:
            raise
        except Exception as exc:  # noqa: BLE001 - the server says it, as of a fault in its own process
            say(_FAILED, traced(exc))
