"""A kept sentence of many clauses is told again, and patterns of hardly a word do not look into it without end."""

from pathlib import Path

from babel.messages.pofile import read_po

from entrepot.core.words.retold import KeptSentences

ROOT = Path(__file__).parents[2]
KEPT = (
    "The leg out of the hub is compared with one other place or control codes, 6 are needed: see --controls, "
    "and only the leg into it is judged; the hub's own output is not known: the lower end is 0, it could be none"
)


def test_a_sentence_of_many_clauses_ends():
    with (ROOT / "locale" / "entrepot.pot").open("rb") as file:
        catalogue = read_po(file)
    keys = [(m.id, "") if isinstance(m.id, str) else (m.id[0], m.id[1]) for m in catalogue if m.id]
    told = KeptSentences(keys, "<{}>".format, lambda one, *_: f"<{one}>", str).retold(KEPT)
    assert told.replace("<", "").replace(">", "") == KEPT
    assert told != KEPT
