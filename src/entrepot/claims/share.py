"""A percentage that is a share: of what, and of whose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.counted import Counted, words
from entrepot.claims.cues import cue
from entrepot.claims.growth import OF
from entrepot.claims.units import quantity_rows

if TYPE_CHECKING:
    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_ASPECTS = (
    ("capacity", re.compile(r"capacity|产能|мощност", re.IGNORECASE)),
    ("exports", re.compile(r"export|出口|экспорт", re.IGNORECASE)),
    ("planted_area", re.compile(r"planted|acreage|area under|种植面积|播种面积|посевн", re.IGNORECASE)),
)
_OWN_REACH = 40  # characters: "of the world's total output of cotton"
_CLAUSES = 2  # breaks between a share and the word that says so
_OWN_SCOPE = re.compile(
    r"\s?(?:of|in) (?:all |total |the |all of )?(?:(world|global)|(?:china|chinese|national|country))"
    r"|的?(?:占?(全球|世界)|占?全国|占?中国)"
    r"|\s(?:от )?(?:(миров)|(?:кита|общекитай))",
    re.IGNORECASE,
)
_XINJIANG_WHOLE = re.compile(
    r"of xinjiang's|xinjiang's (?:foreign trade|total|trade)|新疆外贸|新疆进出口|全区", re.IGNORECASE
)


def share(sentence: Sentence, figure: Figure) -> Counted | None:
    """The share that a percentage is, of output, trade or trains; None where it is none."""
    products = [h for h in sentence.hits.of("products") if h.row["aspect"]]
    at = (figure.start, figure.end)
    trade = [h for h in words(sentence) if h.row["quantity"] == "trade_value"]
    product = _own(sentence, at, products) or sentence.nearest(at, products)
    if product is None or (trade and not products):
        return (
            Counted("trade_share", hit=sentence.nearest(at, trade)) if trade and _is_share(sentence, figure) else None
        )
    if product.row["aspect"] == "trains":
        scope = "xinjiang" if _XINJIANG_WHOLE.search(sentence.text) else "china"
        return Counted(f"share_of_{scope}_trains", product=product.row["product"], hit=product)
    if not _is_share(sentence, figure):
        return None
    return _share_of(sentence, figure, product)


def _own(sentence: Sentence, at: tuple[int, int], products: list[Hit]) -> Hit | None:
    """The product named after the figure, with no other figure or clause between: some 45% of its polysilicon."""
    after = next((h for h in products if 0 <= h.start - at[1] <= _OWN_REACH), None)
    if after is None or sentence.counted(at[1], after.start) or sentence.apart(at, (after.start, after.end))[1]:
        return None
    return after


def _share_of(sentence: Sentence, figure: Figure, product: Hit) -> Counted | None:
    tail, text = sentence.text[figure.end : figure.end + 60], sentence.text
    world, china = cue("world").search(text), re.search(r"china|全国|中国|我国|кита|страны", text, re.IGNORECASE)
    if not world and not china:
        return None
    scope = (
        "world"
        if world and (not china or cue("world").search(tail) or cue("world").search(text[: figure.start]))
        else "china"
    )
    own = _OWN_SCOPE.match(sentence.text, figure.end)
    if own:  # 85 percent of China's and 20 percent of the world's
        scope = "world" if any(own.groups()) else "china"
    elif world and china:
        between = text[max(0, figure.start - 24) : figure.end + 40]
        scope = "world" if cue("world").search(between) else "china"
    aspect = next((name for name, pattern in _ASPECTS if pattern.search(text)), product.row["aspect"])
    name = f"share_of_{scope}_{aspect}"
    if name not in quantity_rows():
        name = f"share_of_{scope}_output"
    return Counted(name, product=product.row["product"], hit=product)


def _is_share(sentence: Sentence, figure: Figure) -> bool:
    if OF.match(sentence.text, figure.end):
        return True
    if figure.form == "fraction":
        return True
    return any(
        sentence.apart((figure.start, figure.end), (h.start, h.end))[1] <= _CLAUSES
        for h in sentence.hits.of("signals.share")
    )
