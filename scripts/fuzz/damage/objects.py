"""Damage to JSON and to JSON lines: values of other kinds, keys lost and doubled, depth, halves of characters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fuzz.damage.odd import NUMBERS, TEXTS_ODD

if TYPE_CHECKING:
    from random import Random

_DEPTHS = (50, 5_000, 100_000)  # arrays in one another
_RAW = (
    "1e400",
    "-1e400",
    "NaN",
    "Infinity",
    "9" * 5_000,
    "-0",
    "1E5",
    "0.1",
    "01",
    "'x'",
    '"\\ud800"',
    '"\\u0000"',
    "",
)
_MARK = "\u0001raw\u0001"  # stands for JSON that json.dumps does not write


def _values(draw: Random) -> Any:
    odd = draw.choice((*TEXTS_ODD, *NUMBERS))
    return draw.choice((
        None, True, 0, -1, 1.5, 10**30, 1e308, "", odd, odd, odd, [], {}, [odd], {"name": odd}, [[[]]], [None],
        [1, "a"],
        "\ud800", {"": ""}, ["a"] * 2_000, _MARK, _MARK,
    ))  # fmt: skip


def _places(held: Any, found: list[tuple[Any, Any]] | None = None) -> list[tuple[Any, Any]]:
    """Every place of a value: the object or array that holds it, and its key or number."""
    found, waiting = [], [held]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys]
    return found


def _changed(draw: Random, held: Any) -> None:
    places = _places(held)
    if not places:
        return
    one, key = draw.choice(places)
    match draw.choice(("value", "value", "value", "drop", "rename", "double", "wrap", "swap")):
        case "value":
            one[key] = _values(draw)
        case "drop":
            del one[key]
        case "rename" if isinstance(one, dict):
            one[draw.choice((*TEXTS_ODD, "name", "schema", "data", key + "x"))] = one.pop(key)
        case "double" if isinstance(one, list):
            one[key:key] = [one[key]] * draw.choice((1, 300))
        case "wrap":
            one[key] = draw.choice(([one[key]], {"x": one[key]}))
        case _:
            other, at = draw.choice(places)
            one[key], other[at] = other[at], None


def _written(draw: Random, held: Any) -> str:
    text = json.dumps(held, ensure_ascii=draw.random() < 0.5)
    return text.replace(json.dumps(_MARK), draw.choice(_RAW)).replace(f'"{_MARK}"', draw.choice(_RAW))


def value(draw: Random, data: bytes) -> bytes:
    """A value, a key or a whole object changed."""
    text = data.decode("utf-8", "replace")
    try:
        held = json.loads(text)
    except ValueError:
        return _in_a_line(draw, text)
    except RecursionError:
        return data
    try:
        _changed(draw, held)
        return _written(draw, held).encode("utf-8", "surrogatepass")
    except (RecursionError, ValueError):  # a deep one, or a circle that a swap made
        return data


def _in_a_line(draw: Random, text: str) -> bytes:
    rows = text.split("\n")
    at = draw.randrange(len(rows))
    try:
        held = json.loads(rows[at])
        _changed(draw, held)
        rows[at] = _written(draw, held)
    except (ValueError, RecursionError):
        rows[at] = draw.choice(("null", "[]", "{}", "1", '"x"', "{", rows[at] * 2))
    return "\n".join(rows).encode("utf-8", "surrogatepass")


def key_twice(_: Random, data: bytes) -> bytes:
    """The first key of an object once more, with another value."""
    at = data.find(b"{") + 1
    key = data[at : data.find(b":", at)]
    return data[:at] + key + b': "twice", ' + data[at:] if at and key.strip() else data


def deep(draw: Random, data: bytes) -> bytes:
    """Arrays or objects in one another."""
    depth = draw.choice(_DEPTHS)
    opened, closed = draw.choice(((b"[", b"]"), (b'{"a":', b"}")))
    core = b"1" if draw.random() < 0.5 else data
    if draw.random() < 0.5:
        at = data.find(b":") + 1
        return data[:at] + opened * depth + core + closed * depth + data[at:]
    return opened * depth + core + closed * depth


def shape(draw: Random, data: bytes) -> bytes:
    """An array of objects as lines, lines as an array, one within the other, two after one another."""
    rows = data.split(b"\n")
    return draw.choice((
        b"[" + b",".join(rows) + b"]", b'{"data": ' + data + b"}", b"[" + data + b"]", data + data, data + b"\n" + data,
        b"\n\n" + data, data + b",", data.replace(b"},", b"}\n"), b"[" + data, b"\x1e" + data,
    ))  # fmt: skip


ACTS = (value, value, value, value, key_twice, deep, shape)
