"""Run the environment's uv with the package index that pip is set up for.

uv reads its own settings and none of pip's: where a person has told only pip about a mirror or a certificate,
uv would miss both. What is set for uv itself always wins. Nothing is printed: an index address can carry a
password.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

# pip's setting -> uv's environment variable
SETTINGS = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "cert": "SSL_CERT_FILE"}
# uv's older names for the same
ALSO = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}


def pip_settings(listing: str) -> dict[str, str]:
    """What `pip config list` says of them; the environment wins over `install`, that over `global`."""
    order = ("global", "install", ":env:")
    found: dict[str, tuple[int, str]] = {}
    for line in listing.splitlines():
        key, equals, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if equals and section in order and name in SETTINGS:
            rank = order.index(section)
            if name not in found or rank >= found[name][0]:
                found[name] = (rank, str(ast.literal_eval(value)))
    return {name: value for name, (_, value) in found.items()}


def environment(listing: str, current: dict[str, str]) -> dict[str, str]:
    """The environment for uv: `current`, and what pip knows where uv was told nothing."""
    result = dict(current)
    for name, value in pip_settings(listing).items():
        variable = SETTINGS[name]
        if not result.get(variable) and not result.get(ALSO.get(variable, "")):
            result[variable] = " ".join(value.split())
    return result


def main() -> int:
    """Run uv with the arguments given and return its exit code."""
    pip = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(pip, capture_output=True, text=True, check=False).stdout
    beside = Path(sys.executable).parent / "uv"
    command = [str(beside) if beside.exists() else "uv", *sys.argv[1:]]
    return subprocess.run(command, env=environment(listing, dict(os.environ)), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
