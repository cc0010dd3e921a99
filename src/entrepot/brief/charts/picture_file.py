"""A chart as a file of its own: SVG as it is drawn, or PNG on white."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.files import write_bytes, write_text
from entrepot.core.words.translate import tr
from entrepot.print.pdf import need_print, picture_png

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = (".svg", ".png")


def picture_format(path: Path) -> str:
    """The ending of a picture's name.

    Raises:
        BadInputError: it is none that can be drawn.
        MissingExtraError: it is PNG, and the extra `print` is not installed.
    """
    ending = path.suffix.casefold()
    if ending not in _FORMATS:
        raise BadInputError(
            tr("cannot tell the picture's format from the file name"),
            found=path.name,
            allowed=tr("an ending of {formats}", formats=", ".join(_FORMATS)),
            remedy=tr("Give --plot such a name."),
        )
    if ending == ".png":
        need_print(tr("a picture as PNG"))
    return ending


def write_picture(path: Path, svg: str) -> None:
    """Write a chart in the format that its name says.

    Args:
        path: a name that ends in .svg or .png.
        svg: the chart, an `<svg>` element that stands alone.
    """
    if picture_format(path) == ".svg":
        write_text(path, svg)
    else:
        write_bytes(path, picture_png(svg))
