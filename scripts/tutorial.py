"""Run the tutorial, draw its screens, or tell whether the pictures still show what it prints.

    python scripts/tutorial.py             run docs/tutorial.md in a fresh folder and print what each command prints
    python scripts/tutorial.py --pictures  draw docs/img/tutorial from what they print: `make pictures` does
    python scripts/tutorial.py --check     exit 1 when a picture no longer shows it

The page is the script: its commands are run one after the other, as they stand there. A picture is the text of a
terminal as SVG, without a font and without an address, so that it is the same on every machine.
"""

from __future__ import annotations

import io
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import chop_cells
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

from examples import examples

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "tutorial.md"
IMAGES = ROOT / "docs" / "img" / "tutorial"
_ROWS = 60  # of the terminal in which a person is asked; what is longer would scroll
_FONTS = re.compile(r"@font-face \{\{.*?\}\}\s*", re.DOTALL)
_FORMAT = _FONTS.sub("", CONSOLE_SVG_FORMAT).replace("Fira Code, monospace", "monospace")
_PROMPT = b": "


@dataclass(frozen=True, slots=True)
class Screen:
    """A picture of a terminal.

    Attributes:
        name: of its file.
        command: as it stands in the page; where keys are pressed, one that is run beside those of the page.
        columns: width of the terminal.
        keys: what is typed at each question; then standard error is in the picture too, as a person sees it.
        before: the command of the page in front of which it is run, where it is none of the page.
    """

    name: str
    command: str
    columns: int
    keys: tuple[str, ...] = ()
    before: str = ""


SCREENS = (
    Screen("columns", "entrepot screen vendors-2026-10.csv --columns", 100),
    Screen("cases-80", "entrepot screen vendors-2026-10.csv --as-of 2026-10-02", 80),
    Screen("cases-140", "entrepot screen vendors-2026-10.csv --as-of 2026-10-02", 140),
    Screen("listed-party", "entrepot lists show own-watch-W-1", 100),
    Screen(
        "review", 'entrepot review october.csv --by "A. Analyst"', 100, ("q",), "entrepot review october.csv --decide"
    ),
    Screen("rescreen", "entrepot rescreen october.csv --parties vendors-2026-11.csv --as-of 2026-11-02", 120),
)


class Terminal:
    """A folder with the files of the tutorial, and a store and a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.work, tools = folder / "work", folder / "tools"
        shutil.copytree(ROOT / "docs" / "examples", self.work)
        tools.mkdir()
        (tools / "entrepot").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m entrepot "$@"\n', encoding="utf-8")
        (tools / "entrepot").chmod(0o755)
        # A library of line editing, loaded by who runs this, may have left the size of another terminal behind.
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ENTREPOT_", "COLUMNS", "LINES"))}
        path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        self.settings = kept | {"PATH": path, "HOME": str(folder), "ENTREPOT_STORE": str(folder / "store")}

    def run(self, command: str, columns: int) -> subprocess.CompletedProcess[str]:
        """What a command leaves behind in a terminal so wide."""
        settings = self.settings | {"COLUMNS": str(columns)}
        shell = ["/bin/sh", "-c", command]
        return subprocess.run(shell, cwd=self.work, env=settings, capture_output=True, text=True, check=False)

    def asked(self, command: str, columns: int, keys: tuple[str, ...]) -> str:
        """What a person sees who types keys at the questions of a command."""
        ours, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", _ROWS, columns, 0, 0))
        shell = ["/bin/sh", "-c", command]
        running = subprocess.Popen(
            shell, cwd=self.work, env=self.settings, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
        )
        os.close(theirs)
        seen, left = b"", list(keys)
        while data := _read(ours):
            seen += data
            if left and seen.endswith(_PROMPT):
                os.write(ours, f"{left.pop(0)}\n".encode())
        running.wait()
        os.close(ours)
        return seen.decode().replace("\r\n", "\n")


def _read(stream: int) -> bytes:
    """What comes next; nothing once the other side is closed, which Linux tells by an error."""
    try:
        return os.read(stream, 1 << 16)
    except OSError:
        return b""


def drawn(screen: Screen, said: str) -> str:
    """The picture of a command and what it printed."""
    console = Console(record=True, width=screen.columns, file=io.StringIO(), force_terminal=True, color_system=None)
    lines = f"$ {screen.command}\n{said.rstrip()}".split("\n")
    # Folded where the width ends, between no words: as a terminal does.
    console.print(Text("\n".join(piece for line in lines for piece in chop_cells(line, screen.columns) or [""])))
    picture = console.export_svg(
        title="", theme=DEFAULT_TERMINAL_THEME, code_format=_FORMAT, unique_id=f"screen-{screen.name}"
    )
    return "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"


def pictures(folder: Path, *, is_shown: bool = False) -> dict[str, str]:
    """The pictures by the names of their files, made while the tutorial runs.

    Raises:
        SystemExit: a command of the tutorial ends as it should not.
    """
    terminal, found = Terminal(folder), {}
    for example in examples(PAGE.read_text(encoding="utf-8")):
        for screen in SCREENS:
            if screen.before and example.text.startswith(screen.before) and screen.name not in found:
                found[screen.name] = drawn(screen, terminal.asked(screen.command, screen.columns, screen.keys))
        drawn_of = [s for s in SCREENS if s.command == example.text]
        for screen in drawn_of or [Screen("", example.text, 100)]:
            done = terminal.run(example.text, screen.columns)
            if done.returncode != example.code:
                sys.exit(
                    f"{PAGE.name}, line {example.line}: {example.text!r} ended with {done.returncode}: {done.stderr}"
                )
            if is_shown:
                print(f"$ {example.text}\n{done.stdout}{done.stderr}", flush=True)
            if screen.name:
                found[screen.name] = drawn(screen, done.stdout)
    return {f"{name}.svg": text for name, text in found.items()}


def main() -> int:
    """Run, draw or check."""
    wanted = {"--pictures", "--check"} & set(sys.argv)
    with tempfile.TemporaryDirectory() as scratch:
        found = pictures(Path(scratch), is_shown=not wanted)
    if "--pictures" in wanted:
        IMAGES.mkdir(exist_ok=True)
        for name, text in found.items():
            (IMAGES / name).write_text(text, encoding="utf-8")
    held = {p.name: p.read_text(encoding="utf-8") for p in IMAGES.glob("*.svg")} if IMAGES.is_dir() else {}
    stale = sorted(n for n in {*held, *found} if held.get(n) != found.get(n)) if wanted else []
    if stale:
        print(f"{', '.join(stale)} do not show what the tutorial prints; run `make pictures`")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main())
