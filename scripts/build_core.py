"""Builds the compiled core for every platform into the package: `make core`. Needs ziglang, which comes with the tests.

The same sources and the same compiler give the same bytes on every machine; tests/names/test_core_build.py compares.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "native"
SHIPPED = ROOT / "src" / "entrepot" / "names" / "native" / "built"
# File -> target of zig. musl and gnu name a libc that is not linked: the libraries ask for none.
TARGETS = {
    "core-linux-x86_64.so": "x86_64-linux-musl",
    "core-linux-aarch64.so": "aarch64-linux-musl",
    "core-darwin-x86_64.dylib": "x86_64-macos",
    "core-darwin-arm64.dylib": "aarch64-macos",
    "core-windows-amd64.dll": "x86_64-windows-gnu",
}
# Small before fast: a plain install has little room left. No contraction, so that sums are those of Python and numpy on
# every machine; no unwind tables, for nothing is thrown.
OPTIONS = [
    "-shared",
    "-nostdlib",
    "-Os",
    "-ffreestanding",
    "-ffp-contract=off",
    "-fvisibility=hidden",
    "-fno-sanitize=all",
    "-s",
    "-fno-asynchronous-unwind-tables",
    "-fno-unwind-tables",
    "-std=c11",
    "-Wall",
    "-Wextra",
    "-Werror",
]


def build(folder: Path) -> list[Path]:
    """Write the libraries of all platforms to a folder.

    Args:
        folder: where; it exists.
    """
    made = []
    with tempfile.TemporaryDirectory() as kept:
        # Every path that the compiler sees is relative: none of them may reach a library.
        places = {**os.environ, "ZIG_GLOBAL_CACHE_DIR": f"{kept}/all", "ZIG_LOCAL_CACHE_DIR": "cache"}
        files = sorted(f.name for f in SOURCE.glob("*.c"))
        shutil.copytree(SOURCE, Path(kept, "native"))
        for name, target in TARGETS.items():
            named = [f"-Wl,-install_name,{name}", "-Wl,-headerpad,0x40"] if name.endswith("dylib") else []
            command = [sys.executable, "-m", "ziglang", "cc", "-target", target, *OPTIONS, *named, "-o", name, *files]
            subprocess.run(command, cwd=Path(kept, "native"), env=places, check=True)
            made.append(folder / name)
            made[-1].write_bytes(Path(kept, "native", name).read_bytes())
    return made


def main() -> None:
    """Build into the package."""
    SHIPPED.mkdir(exist_ok=True)
    for path in build(SHIPPED):
        print(f"{path.stat().st_size:7,} {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
