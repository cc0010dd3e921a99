"""Templates made into pages: everything that is put in is escaped, and names in right-to-left scripts are set apart."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.document.isolated import isolated

if TYPE_CHECKING:
    from jinja2 import Environment

# Not U+2068 and U+2069: a page sets names apart by them, and they force no direction.
_TURN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")
_TAG = re.compile(r"(<[^>]*>)")


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
    return isolated(_turns_told(environment().get_template(template).render(values)))


def _turns_told(page: str) -> str:
    """A page in which marks that turn the direction of text are told, as a printed record tells them.

    Hidden in a name they show another name than the file has. What stands in an attribute or a field that is sent
    again stays as it is.
    """
    if not _TURN.search(page):
        return page
    parts = _TAG.split(page)
    for i in range(0, len(parts), 2):
        if not (i and parts[i - 1].startswith("<textarea")):
            parts[i] = _TURN.sub(lambda found: f"\\u{ord(found[0]):04x}", parts[i])
    return "".join(parts)
