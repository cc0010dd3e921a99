"""A language whose every sentence has brackets, made from the catalogue; the command line run in it."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from entrepot import cli
from entrepot.core.words import catalogue, languages

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from answers import inputs, running  # noqa: E402 - scripts are no package that is installed
from words.extraction import sentences  # noqa: E402

LANGUAGE = "qaa"  # ISO 639: of private use
_TYPED = {"csv", "json", "yente"}  # formats that a program reads: keys and values as they are kept


def compiled(folder: Path) -> None:
    """The language as a compiled catalogue: what the code says and the catalogue has not, stays without brackets."""
    held = Catalog(locale="en")
    for context, one, more in sentences():
        said = tuple(catalogue._changed(s) for s in (one, more) if s)
        held.add((one, more) if more else one, said if more else said[0], context=context or None)
    with (folder / f"{LANGUAGE}.mo").open("wb") as stream:
        write_mo(stream, held)


def speaking_it(patch, folder: Path) -> None:
    """Have the language held, and spoken by commands."""
    for module in (languages, catalogue):
        patch.setattr(module, "FOLDER", folder)
    catalogue.catalogue.cache_clear()
    patch.setenv("ENTREPOT_LANGUAGE", LANGUAGE)
    patch.setenv("NO_COLOR", "1")
    patch.delenv("COLUMNS", raising=False)


def run(words: list[str], given: bytes = b"") -> tuple[str, str]:
    """What a command prints, and what it says beside; nothing of the first where a program is to read it."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    kept, sys.argv, sys.stdin = (sys.argv, sys.stdin), ["entrepot", *words], io.TextIOWrapper(io.BytesIO(given))
    interrupt = signal.getsignal(signal.SIGINT)
    try:
        with (
            contextlib.redirect_stdout(streams[0]),
            contextlib.redirect_stderr(streams[1]),
            contextlib.suppress(SystemExit),
        ):
            cli.main()
    finally:
        sys.argv, sys.stdin = kept
        signal.signal(signal.SIGINT, interrupt)
    out, err = (s.buffer.getvalue().decode() for s in streams)
    return ("" if _TYPED & set(words) else out), err


def said_by(scene: running.Scene, place: Path, patch) -> list[tuple[str, str]]:
    """Each command of a scene by its name, with all that it says."""
    inputs.make(place / "work", ROOT / "docs" / "examples", None)
    for name in ("HOME", "ENTREPOT_STORE"):
        patch.setenv(name, str(place / "home" / name))
    patch.chdir(place / "work")
    told = []
    for command in scene.commands:
        try:
            words, given = running.words_of(command.text, Path.cwd(), None)
        except LookupError:  # what it needs was written by a command that is left out
            continue
        if words[0] == "entrepot":
            told.append((words[1], "\n".join(run(words[1:], given))))
    os.chdir(ROOT)
    shutil.rmtree(place)
    return told
