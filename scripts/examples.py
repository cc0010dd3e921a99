"""The commands and scripts that the documents show, and whether they run as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<kind>console|bash|python)\b[^\n]*\n(?P<body>.*?)^(?P=indent)```",
    re.MULTILINE | re.DOTALL,
)
PYTHON = Path(sys.executable)
EXIT = re.compile(r"\s+# exit (\d+)$")
ENTREPOT = re.compile(r"(?:[A-Z_]+=\S* )*entrepot\b")
# What a reader does before Entrepot is there; `make` has a test of its own.
NOT_RUN = ("make", "git", "cd", "pip", "uvx", "python", "python3", "apt", "sudo")


@dataclass(frozen=True, slots=True)
class Example:
    """A command or a script in a document."""

    line: int
    kind: str
    text: str
    code: int = 0


def documents(root: Path) -> list[Path]:
    """The README, the rules for contributors and every page, but not the generated reference."""
    pages = sorted((root / "docs").rglob("*.md"))
    written = [p for p in pages if not p.is_relative_to(root / "docs" / "reference")]
    return [p for p in (root / "README.md", root / "CONTRIBUTING.md", *written) if p.exists()]


def examples(text: str) -> Iterator[Example]:
    """The commands in `console` and `bash` blocks and the scripts in `python` blocks, in order."""
    for block in FENCE.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        body = textwrap.dedent(block["body"])
        if block["kind"] == "python":
            yield Example(line, "python", body)
            continue
        for offset, command in _commands(body, console=block["kind"] == "console"):
            code = EXIT.search(command)
            yield Example(line + offset, "shell", EXIT.sub("", command), int(code[1]) if code else 0)


def _commands(body: str, *, console: bool) -> Iterator[tuple[int, str]]:
    """Line and text of each command; in a console block those after `$ `, the rest being output."""
    joined = ""
    for offset, raw in enumerate(body.splitlines()):
        if not joined and console and not raw.startswith("$ "):
            continue
        line = joined + (raw if joined else raw.removeprefix("$ ")).strip()
        joined = line.removesuffix("\\") if line.endswith("\\") else ""
        if not joined and line and not line.startswith("#"):
            yield offset, line


def run(example: Example, folder: Path, environment: dict[str, str], python: Path = PYTHON) -> str:
    """Run an example in `folder`; return what went wrong, or nothing."""
    command = [str(python), "-"] if example.kind == "python" else ["/bin/sh", "-c", example.text]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=example.text if example.kind == "python" else "",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode == example.code:
        return ""
    shown = example.text.strip().splitlines()[0]
    ended = f"ended with {done.returncode}, not {example.code}"
    return f"line {example.line}: {shown!r} {ended}: {done.stderr[-600:]}"


def failures(document: Path, inputs: Path, folder: Path, settings: dict[str, str], python: Path = PYTHON) -> list[str]:
    """Run a document's examples one after the other in one folder that holds the example files.

    Args:
        document: the page.
        inputs: the folder of the example files.
        folder: an empty one, to work in.
        settings: the environment.
        python: an interpreter that has Entrepot.

    Returns:
        What went wrong, with its line.
    """
    work, tools = folder / "work", folder / "tools"
    shutil.copytree(inputs, work) if inputs.is_dir() else work.mkdir()
    tools.mkdir()
    (tools / "entrepot").write_text(f'#!/bin/sh\nexec "{python}" -m entrepot "$@"\n')
    (tools / "entrepot").chmod(0o755)
    environment = settings | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    found = []
    for example in examples(document.read_text()):
        if example.kind == "python" or ENTREPOT.match(example.text):
            found.append(run(example, work, environment, python))
        elif example.text.split()[0] not in NOT_RUN:
            found.append(f"line {example.line}: no test runs {example.text!r}")
    return [f for f in found if f]
