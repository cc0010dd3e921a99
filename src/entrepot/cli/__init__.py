"""The command line: parse, call one verb, render. No SQL, no arithmetic."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from entrepot import __version__
from entrepot.cli.interrupts import told_to_end
from entrepot.core.errors import BAD_INPUT, INTERNAL, EntrepotError, plain, printable
from entrepot.core.runtime.garbage import seldom_collected
from entrepot.core.words.languages import ENGLISH, held, of_environment
from entrepot.core.words.translate import WordsBy, speaking, spoken, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143  # 128 and the signal's number, as shells count

# name -> one line of help; the module entrepot.cli.<name> is imported only when its command runs or is asked for.
COMMANDS = WordsBy({
    "brief": "Brief a person on a measure: one HTML report, findings.json, findings.csv.",
    "screen": "Screen parties against listings, and flag those placed in a region under a measure.",
    "search": "Search the lists that are held for a name: candidates with scores and profiles.",
    "rescreen": "Tell what changed since an earlier screening: new, vanished and changed matches.",
    "review": "List the open cases of a screening, and decide them: true, false or unsure.",
    "ledger": "Verify the ledger of decisions, list them, get all of one case, redact.",
    "clearance": "Verify a clearance record, have it time-stamped, or print the key that signs them.",
    "check": "Hold a report against the record, claim by claim, each with its verdict.",
    "lists": "List what parties are screened against; load, compare and remove versions of lists.",
    "fetch": "Fetch a list from its publisher and load it as a dated version.",
    "own": "Tell who falls under the listings of its owners, by rule and day; load ownership data.",
    "supply": "Load files of supply: links, declarations, records of making, EPCIS; hold them against each other.",
    "trace": "Trace a product through supply links to listed parties and a region: any amount, and how much.",
    "dossier": "Write the file on a shipment that a customs officer asks for, with what is missing in it.",
    "load": "Load flows of goods from a publisher's file or your own, and say what is wrong with it.",
    "flows": "List flows with the places of their ends on a map, and say which cannot be drawn.",
    "mirror": "Hold what exporters report against what importers report: margins, reliability, gaps.",
    "measures": "List measures, show one as of a date, or find those that touch HS codes.",
    "clock": "Detention clock of a shipment presented on a date.",
    "duties": "Tell which duties of diligence a company has on a date, rule by rule.",
    "divert": "Follow flows around a measure: where the trade may have gone.",
    "corridor": "Tell what crosses where, by which ways, and what a closure does.",
    "simulate": "Simulate a measure by a model of the world economy: who loses, who pays, new routes.",
    "replicate": "Redo published results, each beside what was printed.",
    "record": "Print the tables of the record, with a condition.",
    "explain": "Explain a finding, a match or a row of the record: rule, rows, sources.",
    "serve": "Serve the desk: in a browser, and to programs over HTTP.",
    "store": "Show where the store lies and what it holds; remove from it.",
    "doctor": "Look at the installation: versions, packages, store, lists and their age, fonts.",
    "completion": "Print the completion script of a shell.",
})  # fmt: skip


class _Lazy(click.Group):
    """A group that imports a command's module only when the command is used: --help stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        with seldom_collected():  # what is loaded stays: looking through it was a seventh of a start
            command = import_module(f"entrepot.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(tr("Commands")):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        # Caught here, for click would end with 1, which says that Entrepot is at fault.
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _leave_pipe()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from entrepot.cli.old_names import renamed

        args = renamed(args, quiet=ctx.resilient_parsing)
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from entrepot.core.errors import UnknownNameError

            raise UnknownNameError(tr("command"), args[0], COMMANDS, remedy=tr("See entrepot --help."))
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Example: entrepot brief uflpa --out report\n\n"
    "Exit codes: 0 done, 1 internal error, 2 bad input, 3 as a --fail-on option asks.",
)
@click.option(
    "--language",
    type=click.Choice([ENGLISH, *held()]),
    expose_value=False,
    help="The language of what is said. Default: ENTREPOT_LANGUAGE, else LC_ALL, LC_MESSAGES or LANG where there is a "
    "catalogue of it, else en.",
)
@click.version_option(__version__, prog_name="entrepot")
def group() -> None:
    """Follow trade around a sanction: who is hit, what you buy from them, where the trade went instead.

    Every figure opens its source. Entrepot is not legal advice.
    """


def main() -> None:
    """Run the command line and exit: 0 done, 1 internal error, 2 bad input, 3 as a --fail-on option asks."""
    _prepare_streams()
    interrupts = told_to_end(_run.__code__)
    try:
        with _speaking():
            sys.exit(_code(interrupts))
    finally:  # what comes while Python ends is the system's to answer: nothing is left to clean up
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _code(interrupts: list[int]) -> int:
    """Run the command and say what went wrong; the exit code."""
    try:
        code = _run(interrupts)
    except EntrepotError as exc:
        _stop(exc.exit_code, exc.lines())
    except click.exceptions.NoArgsIsHelpError as exc:
        exc.show()
        sys.exit(exc.exit_code)
    except click.UsageError as exc:
        asked = exc.ctx.command_path if exc.ctx else "entrepot"
        wrong = printable(exc.format_message()).rstrip(".")
        wrong += "" if wrong.endswith("?") else "."
        _stop(exc.exit_code, tr("{wrong} See {asked} --help.", wrong=wrong, asked=asked))
    except click.ClickException as exc:
        _stop(exc.exit_code, printable(exc.format_message()))
    except (click.Abort, KeyboardInterrupt) as exc:
        code = TERMINATED if signal.SIGTERM in interrupts else INTERRUPTED
        _stop(code, tr("stopped; no file is left half written. {said_by}", said_by=_said_by(exc)).rstrip())
    except Exception as exc:  # noqa: BLE001 - the last door
        _unforeseen(exc)
    return code if isinstance(code, int) else 0


@contextmanager
def _speaking() -> Iterator[None]:
    """Speak the language of --language, else of the environment."""
    language = _asked(sys.argv[1:]) or of_environment(os.environ)
    if language == ENGLISH:
        yield
        return
    from entrepot.cli.spoken_help import click_speaking

    with speaking(language), click_speaking():
        yield


def _asked(args: Sequence[str]) -> str:
    """The language of --language, which stands before the command; empty without one, and where there is no such."""
    for at, word in enumerate(args):
        if not word.startswith("-"):
            return ""
        name, _, said = word.partition("=")
        if name == "--language":
            language = said or "".join(args[at + 1 : at + 2])
            return language if language in {ENGLISH, *held()} else ""
    return ""


def _spoken_group() -> click.Group:
    """The command line in the language that is spoken."""
    if spoken() == ENGLISH:
        return group
    from entrepot.cli.spoken_help import spoken_command

    made = spoken_command(group)
    assert isinstance(made, click.Group)
    return made


def _said_by(exc: BaseException | None) -> str:
    """What a command said when it was interrupted; click puts an Abort of its own around it."""
    while exc is not None:
        if isinstance(exc, KeyboardInterrupt) and str(exc):
            return str(exc)
        exc = exc.__cause__
    return ""


def _run(interrupts: list[int]) -> Any:
    """Run the command; libraries that turn an interrupt into an error of their own are seen through."""
    try:
        code = _spoken_group().main(standalone_mode=False, prog_name="entrepot")
        _flush()
    except Exception as exc:
        if interrupts:
            raise KeyboardInterrupt from exc
        raise
    return code


def _prepare_streams() -> None:
    """What the terminal's encoding cannot show is escaped, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _stop(code: int, message: str) -> NoReturn:
    click.echo(f"entrepot: {message}", err=True)
    sys.exit(code)


def _unforeseen(exc: Exception) -> NoReturn:
    """An output that cannot be written is the system's; all else is a fault of ours, shown with its place."""
    import traceback

    if isinstance(exc, BrokenPipeError):
        _leave_pipe()
    if isinstance(exc, OSError) and exc.errno in {errno.ENOSPC, errno.EIO}:
        _stop(BAD_INPUT, tr("cannot write the output ({strerror}).", strerror=exc.strerror))

    click.echo(plain("".join(traceback.format_exception(exc))), err=True, nl=False)
    _stop(
        INTERNAL,
        tr("internal error ({exc}). This is a fault of Entrepot; the lines above say where.", exc=printable(str(exc))),
    )


def _leave_pipe() -> NoReturn:
    """The reader has gone, as `head` does: nothing to say, and nothing left to flush at exit."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(PIPE_CLOSED)
