"""The libraries that ship are what their sources make, byte for byte; and the sources do nothing that C leaves open."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import build_core

LIGHT = 300_000  # bytes of all libraries, sifting and Chinese names included; more asks for a reason on page 59
needs_zig = pytest.mark.skipif(importlib.util.find_spec("ziglang") is None, reason="needs ziglang")

FUZZ = """
import ctypes, random, sys
import numpy as np
from entrepot.names.native import library as native
from entrepot.names.native.ceilings import ceilings
from entrepot.names.native.packed import packed
from entrepot.names.reading.prepare import prepare
native._opened.__globals__["files"] = lambda _: __import__("pathlib").Path(sys.argv[1])
rng = random.Random(1)
words = "Al bin Zhongtai Zhong Tai Steel Trading Co Ltd GmbH J. محمد Gr0up 54th Sch Tsch off 新疆 中泰 华星 康佳 科技 "
words += "a" * 64
names = [prepare(" ".join(rng.choices(words.split(), k=rng.randint(1, 9)))) for _ in range(400)]
held = [packed(n) for n in names if n.words]
for turn in range(60):
    some = list(rng.choices(held, k=40))
    if turn % 2:
        some[3] = bytes(rng.randrange(256) for _ in range(rng.randint(0, 300)))
        damaged = bytearray(some[4])
        for _ in range(3 * bool(damaged)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        some[4] = bytes(damaged)
    left, right = (np.array(rng.choices(range(40), k=300), dtype=np.int32) for _ in range(2))
    found = ceilings(some, left, right)
    assert turn % 2 or found is not None
from entrepot.names.native.cuts import cheapest_cut
from entrepot.names.native.sifted import evidence, asked_side, Placed
from entrepot.names.reading import chinese
from entrepot.names.search import prefilter
from entrepot.names.search.index import Index
from entrepot.names.search.word_arrays import words_of
index = Index([n.original for n in names])
index.search_many([n.original[:9] + n.original[10:] for n in names], least=0.5)
for _ in range(400):
    marks = bytes(rng.randrange(4) for _ in range(rng.randint(1, 60)))
    cheapest_cut(marks, [rng.randint(-3, 70) for _ in range(4 * rng.randint(0, 20))], chinese._costs())
some = [n for n in names[:50] if n.words]
words = words_of(some)
texts = ([n.original.lower() for n in some if n.original.isascii()], [], [], words.forms, words.forms)
vowels = np.ones(len(some), bool)
for turn in range(40):
    starts, ids, slots = (np.array([rng.randint(-9, 2 * len(words.ids)) for _ in a], np.int32) if turn else a
                          for a in (words.starts, words.ids, words.slots))
    asked = asked_side(texts, Placed(starts, ids, slots, words.weights, vowels))
    meetings = (np.array([rng.randrange(-2, 60) for _ in range(30)]) for _ in range(3))
    evidence(asked, asked, tuple(meetings), prefilter._LIMITS)
assert native.library() is not None
"""


def test_the_libraries_of_all_platforms_ship_and_are_light():
    shipped = {p.name: p.stat().st_size for p in build_core.SHIPPED.iterdir()}
    assert shipped.keys() == build_core.TARGETS.keys()
    assert sum(shipped.values()) < LIGHT


@pytest.mark.slow
@needs_zig
def test_the_libraries_are_what_their_sources_make(tmp_path):
    for made in build_core.build(tmp_path):
        assert made.read_bytes() == (build_core.SHIPPED / made.name).read_bytes(), "run make core, commit the libraries"


@pytest.mark.slow
@needs_zig
@pytest.mark.skipif(sys.platform != "linux", reason="traps are built for Linux")
def test_nothing_undefined_is_done_on_random_bytes(tmp_path):
    """Built so that what C leaves undefined ends the process: an index out of bounds, an overflow, a shift too far."""
    from entrepot.names.native.library import file_name

    target, name = build_core.TARGETS[file_name()], file_name()
    (tmp_path / "built").mkdir()
    options = [o for o in build_core.OPTIONS if o != "-fno-sanitize=all"]
    trapping = ["-fsanitize=undefined,bounds", "-fsanitize-trap=undefined,bounds"]
    files = sorted(str(f) for f in build_core.SOURCE.glob("*.c"))
    out = str(tmp_path / "built" / name)
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, *options, *trapping, "-o", out, *files]
    caches = {"ZIG_GLOBAL_CACHE_DIR": str(tmp_path / "all"), "ZIG_LOCAL_CACHE_DIR": str(tmp_path / "here")}
    subprocess.run(command, env={**os.environ, **caches}, check=True, timeout=300)
    source = str(Path(build_core.ROOT, "src"))
    run = [sys.executable, "-c", FUZZ, str(tmp_path)]
    subprocess.run(run, env={**os.environ, "PYTHONPATH": source}, check=True, timeout=300)
