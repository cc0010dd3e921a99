"""A chart as a file of its own: SVG as it is drawn, or PNG on white."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.files import write_bytes, write_text
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = (".svg", ".png")
_SHARP = 2.0  # points of the picture for one of the chart: sharp in print and on a dense screen
_WHITE = '<rect width="100%" height="100%" fill="#fff"/>'  # a transparent picture cannot be read on a dark page


def picture_format(path: Path) -> str:
    """The ending of a picture's name.

    Raises:
        BadInputError: it is none that can be drawn.
    """
    ending = path.suffix.casefold()
    if ending not in _FORMATS:
        raise BadInputError(
            tr("cannot tell the picture's format from the file name"),
            found=path.name,
            allowed=tr("an ending of {formats}", formats=", ".join(_FORMATS)),
            remedy=tr("Give --plot such a name."),
        )
    return ending


def write_picture(path: Path, svg: str) -> None:
    """Write a chart in the format that its name says.

    Args:
        path: a name that ends in .svg or .png.
        svg: the chart, an `<svg>` element that stands alone.
    """
    if picture_format(path) == ".svg":
        write_text(path, svg)
        return
    import vl_convert

    on_white = re.sub(r"(<svg [^>]*>)", rf"\1{_WHITE}", svg, count=1)
    write_bytes(path, vl_convert.svg_to_png(on_white, scale=_SHARP))
