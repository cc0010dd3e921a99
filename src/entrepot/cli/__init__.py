"""The command line: parse, call one verb, render. No SQL, no arithmetic."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from entrepot import __version__
from entrepot.core.errors import INTERNAL, EntrepotError

# name -> one line of help; the module entrepot.cli.<name> is imported only when its command runs or is asked for.
COMMANDS = {
    "brief": "Brief a person on a measure: one HTML report, findings.json, findings.csv.",
    "screen": "Screen parties against listings, and flag addresses in Xinjiang.",
    "lists": "List what parties are screened against; load, compare and remove versions of lists.",
    "measures": "List measures, show one as of a date, or find those that touch HS codes.",
    "clock": "Detention clock of a shipment presented on a date.",
    "record": "Print the tables of the record, with a condition.",
    "explain": "Explain a finding, a match or a row of the record: rule, rows, sources.",
    "completion": "Print the completion script of a shell.",
}


class _Lazy(click.Group):
    """A group that imports a command's module only when the command is used: --help stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"entrepot.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from entrepot.core.errors import UnknownNameError

            raise UnknownNameError("command", args[0], COMMANDS, remedy="See entrepot --help.")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Example: entrepot brief uflpa --out report. "
    "Exit codes: 0 done, 1 internal error, 2 bad input, 3 matched under --fail-on-match.",
)
@click.version_option(__version__, prog_name="entrepot")
def group() -> None:
    """Follow trade around a sanction: who is hit, what you buy from them, where the trade went instead.

    Every figure opens its source. Entrepot is not legal advice.
    """


def main() -> None:
    """Run the command line and exit: 0 done, 1 internal error, 2 bad input, 3 matched under --fail-on-match."""
    try:
        code = group.main(standalone_mode=False)
    except EntrepotError as exc:
        click.echo(f"entrepot: {exc}", err=True)
        sys.exit(exc.exit_code)
    except click.ClickException as exc:
        exc.show()
        sys.exit(exc.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("entrepot: stopped; nothing was written.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(INTERNAL)
    except Exception as exc:  # noqa: BLE001 - the last door: say it is ours, show where
        import traceback

        traceback.print_exc()
        click.echo(
            f"entrepot: internal error ({exc}). This is a fault of Entrepot; the lines above say where.",
            err=True,
        )
        sys.exit(INTERNAL)
    sys.exit(code if isinstance(code, int) else 0)
