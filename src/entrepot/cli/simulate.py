"""`entrepot simulate FILE`, and its subcommand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.cli.running_group import OwnArgument, RunningGroup
from entrepot.cli.world_options import world_options
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from entrepot.scenarios.asked.own_unsure_world import NegativeFinal

_SHOWN = ("figure", "of", "value", marked("95 in 100 draws"), "scenario", "status")
_PARTS = ("answers", "economies", "sectors", "routes")


@click.group(
    "simulate",
    cls=RunningGroup,
    several=marked("Further scenarios are given by --beside FILE."),
    below={"codes": ("entrepot.cli.simulate_codes", "codes")},
    usage="[FILE]",
    epilog="Example: entrepot simulate --preset uflpa\n\nExit codes: 0 done, 2 bad input, or no equilibrium found.",
)
@click.argument("scenario", cls=OwnArgument, required=False, type=click.Path(path_type=Path))
@click.option("--preset", "presets", multiple=True, metavar="NAME", help="A scenario of Entrepot's; may be repeated.")
@click.option(
    "--beside",
    "beside",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A further scenario file; may be repeated.",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(_PARTS),
    default=("answers",),
    show_default=True,
    help="What is printed; may be repeated.",
)
@click.option(
    "--draws", "draws", type=int, default=100, show_default=True, help="Of what is not known, for the intervals."
)
@click.option("--seed", "seed", type=int, default=1, show_default=True, help="Of the draws, at least 0.")
@click.option(
    "--sensitivity",
    "sensitivity",
    type=int,
    default=0,
    metavar="N",
    help="Tell which input moves the answers most: a power of 2, such as 64. Needs the extra gravity.",
)
@click.option("--workers", "workers", type=int, default=0, help="Processes. Default: as many as there are cores.")
@click.option(
    "--html",
    "html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page: the answer, old and new routes drawn, scenarios side by side, all that is assumed.",
)
@table_options
@store_option
@world_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    scenario: Path | None,
    presets: tuple[str, ...],
    beside: tuple[Path, ...],
    parts: tuple[str, ...],
    draws: int,
    seed: int,
    sensitivity: int,
    workers: int,
    html: Path | None,
    world: Path | None,
    mapping: Path | None,
    elasticities: tuple[str, ...],
    year: str,
    negative_final: NegativeFinal,
    fmt: str | None,
    out: Path | None,
    store: str | None,
) -> None:
    """Simulate a measure by a model of the world economy: who loses, who pays, where the trade would go.

    FILE is a scenario as docs/scenarios.md explains it; --preset takes one that comes with Entrepot. Nothing here was
    observed: each figure is of status simulated, with an interval over what is not known.
    """
    from entrepot.core.runtime.algebra_threads import one_thread

    one_thread()
    from entrepot.core.output import format_of
    from entrepot.desk.simulate import simulate

    with bar(tr("Drawing what is not known")) as progress:
        found = simulate(
            scenario, presets=presets, beside=beside, parts=parts, draws=draws, seed=seed, sensitivity=sensitivity,
            workers=workers, world=world, mapping=mapping, elasticities=elasticities, year=year,
            negative_final=negative_final, html=html, store=store, progress=progress,
        )  # fmt: skip
    if format_of(out, fmt) != "table":
        emit(found.table, fmt, out)
    else:
        import pyarrow as pa

        shown = pa.Table.from_pylist(list(found.short), pa.schema([(name, pa.string()) for name in _SHOWN]))
        emit(shown, fmt, out, columns=_SHOWN, always=_SHOWN[:4], constants=False)
    say(found.notes)
