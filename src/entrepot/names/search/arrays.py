"""The arrays of an index: made of names, written to one file, read back without a copy."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.files import replacing
from entrepot.core.runtime.garbage import seldom_collected
from entrepot.core.runtime.mapped_file import let_go, mapped
from entrepot.core.tables.buffers import as_numpy, is_encodable, numbers, texts
from entrepot.names.brands import brand_pair
from entrepot.names.native.packed import packed_for_good
from entrepot.names.native.ratios import Laid, laid
from entrepot.names.native.sifted import Placed, listed_side
from entrepot.names.reading import keys
from entrepot.names.reading.name import KINDS, Kind
from entrepot.names.search import run_together
from entrepot.names.search.keyed.key_arrays import GatheredKeys
from entrepot.names.search.keyed.postings import Postings
from entrepot.names.search.streamed_reading import read
from entrepot.names.search.word_arrays import Gathered, Texts, Words, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from entrepot.names.native.library import Struct
    from entrepot.names.reading.name import Name

# Columns that are read as texts; all others are mapped as numbers.
_TEXTS = {"texts", "plain", "run", "bones", "forms", "bare_forms", "written", "keys", "letters"}
_FORMAT = "6"  # of the file; a file of another one is built anew


class BrokenIndexError(ValueError):
    """The file of an index is not whole, or of another format. Whoever reads it builds it anew."""


@dataclass(frozen=True, eq=False)  # no slots: texts are listed on first use
class Compiled:
    """Names as flat arrays. Names that are the same text of the same kind are one entry.

    Attributes:
        texts, kinds: the entries; int8 positions in KINDS.
        plain, run, bones: their words in alphabetical order, run together, and their consonants; candidates are sifted
            by them and by their words.
        forms, bare_forms: every form of a word, and its consonants.
        form_starts, form_ids, form_slots, weights: as in `Words`.
        written, written_starts, written_ids: what may stand for a Chinese brand, as in `Texts`.
        vowels: whether an entry is written with its vowels.
        packed, packed_starts: each entry as the compiled core reads it, one behind the other, and where it begins; so a
            listed name is read anew only where it is compared.
        plain_sums: of each entry the checksum of its text freed of case and spacing, as `sum_of` gives it.
        owners, starts: positions of each entry among the names given, as compressed rows; int32.
        postings: the keys of the entries.
        letters: their letters run together.
        path: the file it was read from; empty where it lives in memory.
    """

    texts: pa.Array
    kinds: NDArray[np.int8]
    plain: pa.Array
    run: pa.Array
    bones: pa.Array
    forms: pa.Array
    bare_forms: pa.Array
    form_starts: NDArray[np.int32]
    form_ids: NDArray[np.int32]
    form_slots: NDArray[np.int32]
    weights: NDArray[np.float32]
    written: pa.Array
    written_starts: NDArray[np.int32]
    written_ids: NDArray[np.int32]
    vowels: NDArray[np.bool_]
    packed: NDArray[np.uint8]
    packed_starts: NDArray[np.int64]
    plain_sums: NDArray[np.uint32]
    owners: NDArray[np.int32]
    starts: NDArray[np.int32]
    postings: Postings
    letters: run_together.RunTogether
    path: str = ""

    @property
    def count(self) -> int:
        """How many names were given."""
        return len(self.owners)

    @cached_property
    def sorted_words(self) -> list[str]:
        """`plain` as a list, from which many are taken in less time."""
        found: list[str] = self.plain.to_pylist()
        return found

    @cached_property
    def joined_words(self) -> list[str]:
        """`run` as a list."""
        found: list[str] = self.run.to_pylist()
        return found

    @cached_property
    def consonants(self) -> list[str]:
        """`bones` as a list."""
        found: list[str] = self.bones.to_pylist()
        return found

    @cached_property
    def laid_plain(self) -> Laid | None:
        """`plain` as the compiled core reads it; None where it does not."""
        return laid(self.plain)

    @cached_property
    def laid_run(self) -> Laid | None:
        """`run`, likewise."""
        return laid(self.run)

    @cached_property
    def laid_bones(self) -> Laid | None:
        """`bones`, likewise."""
        return laid(self.bones)

    @cached_property
    def laid_forms(self) -> Laid | None:
        """`forms`, likewise."""
        return laid(self.forms)

    @cached_property
    def laid_written(self) -> Laid | None:
        """`written`, likewise."""
        return laid(self.written)

    @cached_property
    def side(self) -> Struct | None:
        """The entries as the compiled core sifts them; None where it does not."""
        texts = (self.laid_plain, self.laid_run, self.laid_bones, self.laid_forms, laid(self.bare_forms))
        placed = Placed(self.form_starts, self.form_ids, self.form_slots, self.weights, self.vowels)
        return listed_side(texts, placed)

    @cached_property
    def words(self) -> Words:
        """The words of the entries, as they are compared."""
        return Words(self.forms.to_pylist(), self.form_starts, self.form_ids, self.form_slots, self.weights)

    @cached_property
    def bare_words(self) -> Words:
        """The consonants of the words of the entries."""
        return replace(self.words, forms=self.bare_forms.to_pylist())

    @cached_property
    def spelt(self) -> Texts:
        """What may stand for a Chinese brand in each entry."""
        return Texts(self.written.to_pylist(), self.written_starts, self.written_ids)

    def name(self, at: int) -> tuple[str, Kind]:
        """Text and kind of an entry."""
        return self.texts[at].as_py(), KINDS[self.kinds[at]]

    def kind(self, at: int) -> Kind:
        """Kind of an entry."""
        found: Kind = KINDS[self.kinds[at]]
        return found

    def packed_at(self, at: int) -> bytes:
        """An entry as the compiled core reads it; empty where only Python does."""
        return self.packed[self.packed_starts[at] : self.packed_starts[at + 1]].tobytes()

    def members(self, at: int) -> list[int]:
        """Positions of an entry among the names given, ascending."""
        found: list[int] = self.owners[self.starts[at] : self.starts[at + 1]].tolist()
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        if self.path:  # another process maps the file: nothing is copied
            return load, (Path(self.path),)
        return _assembled, (_columns(self),)


def compiled(names: Sequence[str], kinds: Sequence[Kind]) -> Compiled:
    """Compile names.

    Args:
        names: any texts.
        kinds: the kind of each.
    """
    import numpy as np

    entries: dict[tuple[str, Kind], int] = {}
    entry = [entries.setdefault((n, k), len(entries)) for n, k in zip(names, kinds, strict=True)]
    multiples = np.bincount(entry, minlength=len(entries))
    columns: dict[str, list[Any]] = {n: [] for n in ("plain", "run", "bones", "vowels", "written", "packed", "sums")}
    held, gathered, letters = GatheredKeys(), Gathered(), run_together.Making()
    with seldom_collected():
        for text, kind in entries:
            name = read(text, kind)
            columns["plain"].append(keys.plain(name))
            columns["run"].append(together := keys.run(name))
            bones, has_vowels = held.add(name)
            columns["bones"].append(bones)
            columns["vowels"].append(has_vowels)
            columns["written"].append(brand_pair.written(name.words))
            # What a file holds otherwise than it was given (lone surrogates) is left to Python.
            columns["packed"].append(packed_for_good(name) if is_encodable(text) else b"")
            columns["sums"].append(sum_of(name))
            letters.add(name, together)
            gathered.add(name)
        words = gathered.words()
    written = texts_of(columns["written"])
    return Compiled(
        texts=texts([t for t, _ in entries]),
        kinds=np.array([KINDS.index(k) for _, k in entries], dtype=np.int8),
        plain=texts(columns["plain"]),
        run=texts(columns["run"]),
        bones=texts(columns["bones"]),
        forms=texts(words.forms),
        bare_forms=texts([keys.skeleton(f) for f in words.forms]),
        form_starts=words.starts,
        form_ids=words.ids,
        form_slots=words.slots,
        weights=words.weights,
        written=texts(written.texts),
        written_starts=written.starts,
        written_ids=written.ids,
        vowels=np.array(columns["vowels"], dtype=np.bool_),
        packed=np.frombuffer(b"".join(columns["packed"]), dtype=np.uint8),
        packed_starts=np.cumsum([0, *map(len, columns["packed"])], dtype=np.int64),
        plain_sums=np.array(columns["sums"], dtype=np.uint32),
        owners=np.argsort(np.array(entry, dtype=np.int32), kind="stable").astype(np.int32),
        starts=np.concatenate([[0], np.cumsum(multiples)]).astype(np.int32),
        postings=held.made(),
        letters=letters.made(),
    )


def sum_of(name: Name) -> int:
    """The checksum of a name's text freed of case and spacing: names that are the same text have the same."""
    return zlib.crc32(name.plain.encode("utf-8", "surrogatepass"))


def save(held: Compiled, path: Path) -> None:
    """Write an index to a file, whole or not at all.

    Raises:
        BadInputError: the file cannot be written.
    """
    import pyarrow as pa

    columns = _columns(held)
    fields = [pa.field(n, pa.large_list(a.type)) for n, a in columns.items()]
    lists = [_listed(a) for a in columns.values()]
    schema = pa.schema(fields, metadata={"format": _FORMAT, "check": str(_check(columns))})
    with replacing(path) as part, pa.ipc.new_file(part, schema) as out:
        out.write_batch(pa.RecordBatch.from_arrays(lists, schema=schema))


def _listed(array: pa.Array) -> pa.Array:
    """A column of one row that holds the whole array, so that arrays of any lengths stand in one batch."""
    import numpy as np
    import pyarrow as pa

    offsets = pa.py_buffer(np.array([0, len(array)], dtype=np.int64))
    return pa.Array.from_buffers(pa.large_list(array.type), 1, [None, offsets], children=[array])


def load(path: Path) -> Compiled:
    """Map the file of an index: pages are read when they are touched, and shared by all processes that map them.

    Raises:
        BrokenIndexError: the file is missing, cut, changed or of another format.
    """
    import pyarrow as pa

    try:
        whole = mapped(path)
        opened = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(whole)))
        said = opened.schema.metadata or {}
        batch = opened.get_batch(0)
        columns = {f.name: batch.column(i).values for i, f in enumerate(opened.schema)}
        if said.get(b"format") != _FORMAT.encode() or said.get(b"check") != str(_check(columns)).encode():
            raise BrokenIndexError(str(path))
        let_go(whole)
        return _assembled(columns, str(path))
    except (OSError, ValueError, pa.ArrowException, KeyError) as exc:  # an empty file cannot be mapped: ValueError
        raise BrokenIndexError(str(path)) from exc


def _check(columns: Mapping[str, pa.Array]) -> int:
    """A checksum of the columns, so that a file that lost a page is not trusted."""
    found = 0
    for name, array in columns.items():
        found = zlib.crc32(name.encode(), found)
        for buffer in array.buffers():
            found = zlib.crc32(buffer, found) if buffer is not None else found
    return found


def _columns(held: Compiled) -> dict[str, pa.Array]:
    found = held.postings
    return {
        "texts": held.texts,
        "kinds": numbers(held.kinds),
        "plain": held.plain,
        "run": held.run,
        "bones": held.bones,
        "forms": held.forms,
        "bare_forms": held.bare_forms,
        "form_starts": numbers(held.form_starts),
        "form_ids": numbers(held.form_ids),
        "form_slots": numbers(held.form_slots),
        "weights": numbers(held.weights),
        "written": held.written,
        "written_starts": numbers(held.written_starts),
        "written_ids": numbers(held.written_ids),
        "vowels": numbers(held.vowels.astype("int8")),
        "packed": numbers(held.packed),
        "packed_starts": numbers(held.packed_starts),
        "plain_sums": numbers(held.plain_sums),
        "owners": numbers(held.owners),
        "starts": numbers(held.starts),
        "keys": texts(list(found.keys)),
        "key_starts": numbers(found.starts),
        "key_columns": numbers(found.columns),
        "key_values": numbers(found.values),
        "part_sums": numbers(held.letters.sums),
        "part_texts": numbers(held.letters.texts),
        "letter_owners": numbers(held.letters.owners),
        "letters": held.letters.letters,
    }


def _assembled(columns: Mapping[str, pa.Array], path: str = "") -> Compiled:
    flat = {n: as_numpy(a) for n, a in columns.items() if n not in _TEXTS}
    known = {k: i for i, k in enumerate(columns["keys"].to_pylist())}
    found = Postings(known, flat["key_starts"], flat["key_columns"], flat["key_values"], names=len(columns["texts"]))
    return Compiled(
        texts=columns["texts"],
        kinds=flat["kinds"],
        plain=columns["plain"],
        run=columns["run"],
        bones=columns["bones"],
        forms=columns["forms"],
        bare_forms=columns["bare_forms"],
        form_starts=flat["form_starts"],
        form_ids=flat["form_ids"],
        form_slots=flat["form_slots"],
        weights=flat["weights"],
        written=columns["written"],
        written_starts=flat["written_starts"],
        written_ids=flat["written_ids"],
        vowels=flat["vowels"].astype(bool),
        packed=flat["packed"],
        packed_starts=flat["packed_starts"],
        plain_sums=flat["plain_sums"],
        owners=flat["owners"],
        starts=flat["starts"],
        postings=found,
        letters=run_together.RunTogether(
            flat["part_sums"], flat["part_texts"], flat["letter_owners"], columns["letters"]
        ),
        path=path,
    )
