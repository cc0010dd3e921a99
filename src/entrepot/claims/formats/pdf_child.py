"""The child process that reads a PDF: bytes on standard input, JSON on standard output. See `pdf`.

python -m entrepot.claims.formats.pdf_child 1000000000
"""

from __future__ import annotations

import io
import json
import logging
import sys
from contextlib import suppress
from typing import Any

_KEYS = {"/Title": "title", "/Author": "author", "/CreationDate": "created", "/ModDate": "modified"}


def limit(memory: int) -> None:
    """Ask the system to refuse more memory than this; where it cannot, the time limit stands alone."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def read(data: bytes) -> dict[str, Any]:
    """Pages and metadata, or why the file is refused: encrypted, memory, damaged."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "encrypted"}
        pages = [page.extract_text() for page in reader.pages]
        if not pages:
            return {"refused": "damaged"}
        layouts = [_layout(page, text) for page, text in zip(reader.pages, pages, strict=True)]
        return {"pages": pages, "layouts": layouts, "metadata": _metadata(reader)}
    except FileNotDecryptedError:
        return {"refused": "encrypted"}
    except (MemoryError, LimitReachedError):
        return {"refused": "memory"}
    except Exception:  # noqa: BLE001 - a broken file breaks pypdf in any way, and each means the same
        return {"refused": "damaged"}


def _layout(page: Any, text: str) -> str:
    """The page with blanks where it has them, which tells columns and tables; empty where that cannot be done."""
    if not text.strip():
        return ""
    with suppress(Exception):
        return str(page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=False))
    return ""


def _metadata(reader: Any) -> dict[str, str]:
    with suppress(Exception):
        return {
            name: str(reader.metadata[key]) for key, name in _KEYS.items() if reader.metadata and key in reader.metadata
        }
    return {}


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
