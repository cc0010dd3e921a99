"""Who says so, as printed; one speaker a sentence."""

from __future__ import annotations

import re

_EN_AFTER = re.compile(
    r"\b[Aa]ccording to ((?:the |a )?[^,.;:()]{2,80}?)(?=[,.;:()]|$)"
    r"| as reported by ([^,.;]{2,60}?)(?=[,.;]|$)"
)
_EN_THAT = re.compile(
    r"(?:^|[,;.] |\band )((?:[Tt]he |[Oo]ne |[Aa] )?[\w'’.\-]+(?: [\w'’.\-]+){0,5}) (?:reported"
    r"|announced|estimated|noted|confirmed) that\b"
)
_EN_SAID = re.compile(
    r"(?:^|[,;] |\bthat )((?:[Tt]he |[Oo]ne |[Aa] )?[\w'’.\-]+(?: [\w'’.\-]+){0,5}) (?:said"
    r"|says|puts|put|estimates|told)\b"
)
_NOT_NAMES = re.compile(r"^(?:it|he|she|they|who|which|this|that|drivers?|and|but)\b", re.IGNORECASE)
_RU = (
    re.compile(
        r"(?:[Пп]о (?:данным|информации|словам|оценк\w+|сведениям)|[Кк]ак (?:сообщ\w+"
        r"|заявил\w*)(?: в)?) ([^,.;:()]{2,80}?)(?=[,.;:()]|$)"
    ),
    re.compile(
        r"[,—–-] (?:сообщ\w+|заявил\w*|отметил\w*|говорится в|уточнил\w*)(?: в)? ([^,.;:()]{2,80}?)(?=[,.;:()]"
        r"|$)"
    ),
)
_ZH = (
    re.compile(r"据([^，。；：、（）]{2,24}?)(?:最新)?(?:统计数据|统计|数据|消息|报道|介绍|透露|发布|通报|公布)"),
    re.compile(r"(?:^|[，。；])([^，。；：、（）\d]{2,24}?)(?:称|表示|介绍说|介绍|透露|说|指出|通报)[，：,:]"),
)


def speaker(text: str, language: str) -> str | None:
    """Who says so: an exact substring of the sentence; None where nobody is named."""
    if language == "zh":
        found = next((m[1] for p in _ZH if (m := p.search(text))), None)
    elif language == "ru":
        found = next((m[1] for p in _RU if (m := p.search(text))), None)
    else:
        found = _english(text)
    return found.strip() or None if found else None


def _english(text: str) -> str | None:
    if m := _EN_AFTER.search(text):
        return m[1] or m[2]
    for pattern in (_EN_SAID, _EN_THAT):
        for m in pattern.finditer(text):
            if not _NOT_NAMES.match(m[1]):
                return m[1]
    return None
