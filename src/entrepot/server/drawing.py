"""Templates made into pages: everything that is put in is escaped, and names in right-to-left scripts are set apart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.document.isolated import isolated, turns_told

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """The templates of the server; a name that a template misses is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("entrepot.server", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def draw(template: str, **values: Any) -> str:
    """A page by its template.

    Args:
        template: its name below `templates`.
        values: what it is drawn with.
    """
    return isolated(turns_told(environment().get_template(template).render(values)))
