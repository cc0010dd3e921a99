"""`entrepot serve`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from entrepot.cli.options import written_store_option
from entrepot.core.errors import BadInputError, printable
from entrepot.core.runtime.extras import need
from entrepot.core.words.translate import tr


@click.command(
    "serve",
    epilog="Example: entrepot serve\n\nStop it with Ctrl-C. Exit codes: 0 stopped, 2 it cannot be started as asked.",
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; any but this needs a token."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 for a free one.")
@click.option(
    "--token",
    envvar="ENTREPOT_TOKEN",
    metavar="TOKEN",
    help="One token, of an admin. Other users of the machine see a command's words: set ENTREPOT_TOKEN instead.",
)
@click.option(
    "--users",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Who may ask: a TOML file with a [[user]] each, of name, role (reader, reviewer, admin) and token.",
)
@click.option("--name", "names", multiple=True, metavar="NAME", help="Name it is reached by; may be repeated.")
@click.option("--https", "secure", is_flag=True, help="Browsers reach it by https, through a proxy.")
@click.option("--under", default="", metavar="PATH", help="Path that it is reached below, through a proxy: /desk.")
@click.option("--no-browser", is_flag=True, help="Open no browser. Without it one opens, on this machine alone.")
@written_store_option
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    host: str,
    port: int,
    token: str | None,
    users: Path | None,
    names: tuple[str, ...],
    secure: bool,  # noqa: FBT001 - click's signature
    under: str,
    no_browser: bool,  # noqa: FBT001
    store: str | None,
) -> None:
    """Serve the desk: in a browser, and to programs over HTTP (see docs/server.md). Needs the extra web.

    Without --token or --users it answers this machine alone, and whoever uses it is its admin.
    """
    need("web", tr("entrepot serve"))
    from entrepot.core import store as kept
    from entrepot.server.listening import address, serve, taken
    from entrepot.server.page_parts.worked_out import leave
    from entrepot.server.people import ADMIN, read_people, wide_file, with_token
    from entrepot.server.serve_settings import ServeSettings, is_loopback

    if token and users:
        raise BadInputError(
            tr("--token and --users are both given"), remedy=tr("Give one; a token can stand in the file.")
        )
    people = read_people(users) if users else (with_token("admin", ADMIN, token),) if token else ()
    if users and (warning := wide_file(users)):
        click.echo(warning, err=True)
    folder = kept.location(store)
    is_there = kept.is_there(folder)
    settings = ServeSettings(folder, host, port, people, names, secure=secure, under=under.rstrip("/"))
    held = taken(settings)

    def begun() -> None:
        click.echo(
            tr("Entrepot answers at {address} Stop it with Ctrl-C.", address=address(held, settings.under)), err=True
        )
        if not is_there:
            click.echo(
                tr("There is no store at {folder} yet; it is made when it is needed.", folder=printable(str(folder))),
                err=True,
            )

    with suppress(KeyboardInterrupt):  # the way to stop it
        serve(settings, held, browser=not no_browser and is_loopback(host), begun=begun)
    leave()
