"""Which encodings the bytes of a text suggest, for a person to choose from: a guess is proposed, and never read by.

A letter of the right encoding stands in a word of its own script, in small letters, capitals, or with a first capital,
and is one that its languages use; in a wrong one it is a sign, or a letter of another script in the middle of a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import Hinted
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.unpack import Content

_LOOKED_AT = 1 << 18  # bytes: a table shows its letters in fewer
_LEAST = 0.6  # of the letters that are not ASCII, those that stand rightly, less those that cannot
_NEAR, _MOST = 0.15, 3  # from the best, and candidates in all
_SHOWN = 24  # characters of a word that is shown
_LATIN_RUN = 3  # letters with marks side by side: no language of these encodings has as many
_WORD = re.compile(r"[^\W\d_]+")
# Signs that stand in tables of names and addresses, in one encoding or another: they speak for none and against none.
_SIGNS = frozenset("\u00a0«»“”„‘’–—…·•№°º€§¿¡ª、。・「」（）ー，：\u3000，．＆－")
_WESTERN = "äöüßéèêëàâçîïôûùœæøåñáíóúìòãõÿ"
_CENTRAL = "ąćęłńóśźżáčďéěíňřšťúůýžäöüôľĺŕőűăâîşţđ"
_TURKISH = "ğışöüçâîûİ"
_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋ"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوىيةءآأؤإئپچژگ"


@dataclass(frozen=True, slots=True)
class _Encoding:
    """An encoding with the letters that its languages use; none for those of East Asia."""

    name: str
    usual: str = ""
    is_latin: bool = False


# Where two fit alike the first is proposed first.
_ENCODINGS = (
    _Encoding("cp1252", _WESTERN, is_latin=True),
    _Encoding("cp1250", _CENTRAL, is_latin=True),
    _Encoding("cp1254", _TURKISH, is_latin=True),
    _Encoding("cp850", _WESTERN, is_latin=True),
    _Encoding("cp852", _CENTRAL, is_latin=True),
    _Encoding("cp1251", _CYRILLIC),
    _Encoding("koi8-r", _CYRILLIC),
    _Encoding("cp866", _CYRILLIC),
    _Encoding("cp1253", _GREEK),
    _Encoding("cp1256", _ARABIC),
    _Encoding("cp932"),
    _Encoding("cp949"),
    _Encoding("big5"),
    _Encoding("gb18030"),
)
_EAST = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]+")
# The narrower encoding in which the characters of everyday stand, and the last byte with which these begin.
_COMMON = {"gb18030": ("gb2312", 0xD7), "big5": ("big5", 0xC6), "cp949": ("euc_kr", 0xC8)}
_OWN = {"cp932": re.compile(r"[\u3040-\u30ff]"), "cp949": re.compile(r"[\uac00-\ud7a3]")}  # what else has none of


def remedy(content: Content) -> str:
    """What a person can do about a file whose encoding is not told: the encodings that its bytes suggest.

    Args:
        content: the file.
    """
    with content.open() as data:
        found = suggested(data.read(_LOOKED_AT))
    if not found:
        return Hinted(
            tr(
                "Save the file as UTF-8, or name the encoding that it is in: --encoding NAME, such as cp1252 or cp1251."
            ),
            tr(
                "Save the file as UTF-8 and send it again, or name the encoding that it is in, such as cp1252 or "
                "cp1251."
            ),
        )
    said = ", or ".join(tr("--encoding {name} (reads “{word}”)", name=name, word=word) for name, word in found)
    read = ", or ".join(tr("{name} (reads “{word}”)", name=name, word=word) for name, word in found)
    return Hinted(
        tr("Save the file as UTF-8, or name the encoding that it is in: {said}.", said=said),
        tr("Save the file as UTF-8 and send it again, or name the encoding that it is in: {read}.", read=read),
    )


def suggested(data: bytes) -> list[tuple[str, str]]:
    """The encodings that bytes suggest, the likeliest first, each with a word that it reads.

    Args:
        data: the beginning of a text.
    """
    lines = b"\n".join(line for line in data.split(b"\n") if not line.isascii())
    scored = [
        (s, -n, e.name, words) for n, e in enumerate(_ENCODINGS) for s, words in [_scored(lines, e)] if s >= _LEAST
    ]
    scored.sort(reverse=True)
    near = [(name, words) for s, _, name, words in scored if s >= scored[0][0] - _NEAR]
    told: dict[tuple[str, ...], str] = {}  # two that read the same are one answer
    for name, words in near:
        told.setdefault(tuple(words), name)
    best = list(told.items())[:_MOST]
    return [(name, _telling(words, [w for w, _ in best])[:_SHOWN]) for words, name in best]


def _telling(words: Sequence[str], of_all: Sequence[Sequence[str]]) -> str:
    """A word by which a person sees which reading is right: the first in which they differ, else the longest."""
    if len({len(w) for w in of_all}) == 1:
        for at, word in enumerate(words):
            if any(other[at] != word for other in of_all):
                return word
    return max(words, key=lambda w: min(len(w), _SHOWN), default="")


def _scored(data: bytes, encoding: _Encoding) -> tuple[float, list[str]]:
    """How well an encoding fits, at most 1, and the words that it reads."""
    text = data.decode(encoding.name, "ignore")
    lost = len(data) - len(text.encode(encoding.name, "ignore"))
    strange = [c for c in text if not c.isascii()]
    if not strange or lost > len(data) // 1_000 + 1:  # the piece may be cut within a character
        return 0.0, []
    words = [w for w in _WORD.findall(text) if not w.isascii()]
    signs = sum(not c.isalpha() and c not in _SIGNS for c in strange)
    good = [w for w in words if (_stands(w, encoding) if encoding.usual else _is_eastern(w, encoding.name))]
    right = sum(not c.isascii() for w in good for c in w)
    letters = sum(not c.isascii() for w in words for c in w)
    share = right / max(1, letters) - 2 * signs / len(strange)
    if encoding.name in _OWN and not _OWN[encoding.name].search(text):
        share = 0.0
    return share, words


def _stands(word: str, encoding: _Encoding) -> bool:
    """Whether a word is written as words of the languages of an encoding are."""
    marked = [c for c in word if not c.isascii()]
    if not (word.islower() or word.isupper() or word[1:].islower() or word.lower() == word.upper()):
        return False
    if any(c not in _usual(encoding.usual) for c in marked):
        return False
    if not encoding.is_latin:
        return len(marked) == len(word)
    return not re.search(rf"[^\x00-\x7f]{{{_LATIN_RUN}}}", word)


def _is_eastern(word: str, name: str) -> bool:
    found = _EAST.search(word)
    if found is None or len(found[0]) < 2 or (name == "cp949") != bool(_OWN["cp949"].search(word)):  # noqa: PLR2004
        return False
    if name not in _COMMON:
        return True
    encoding, last = _COMMON[name]
    pairs = [c.encode(encoding, "ignore") for c in found[0]]
    return all(len(pair) == 2 and pair[0] <= last for pair in pairs)  # noqa: PLR2004 - EUC-KR spells a rare one in eight


@cache
def _usual(letters: str) -> frozenset[str]:
    return frozenset(letters) | frozenset(c.upper() for c in letters if len(c.upper()) == 1)
