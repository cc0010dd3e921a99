"""Names with a mark that a clerk set beside them: a state of the firm or of its entry, a number, 原 before Chinese."""

import pytest

from entrepot.names.similarity import similarity
from entrepot.screening.parties.cells.names_in_cell import within

MARKED = [
    ("Ninestar Corporation *BLOCKED*", "Ninestar Corporation"),
    ("Ninestar Corporation BLOCKED", "Ninestar Corporation"),
    ("Ninestar Corporation *gesperrt*", "Ninestar Corporation"),
    ("Ninestar Corporation - gesperrt", "Ninestar Corporation"),
    ("Ninestar Corporation ** INACTIVE **", "Ninestar Corporation"),
    ("Ninestar Corporation *DO NOT USE*", "Ninestar Corporation"),
    ("Ninestar Corporation *see vendor 10023*", "Ninestar Corporation"),
    ("INACTIVE: Ninestar Corporation", "Ninestar Corporation"),
    ("Ninestar Corporation 2", "Ninestar Corporation"),
    ("Esquel Group *BLOCKED*", "Esquel Group"),
    ("Zelmira GmbH i.L.", "Zelmira GmbH"),
    ("Kingherbs, in liquidation", "Kingherbs"),
    ("Kingherbs (Shanghai Branch)", "Kingherbs"),
    ("Xinjiang Energy (Group) (Shanghai Branch)", "Xinjiang Energy (Group)"),
    ("KTK Group (old)", "KTK Group"),
    ("Zelmira (ex)", "Zelmira"),
    ("Zelmira (ehemals)", "Zelmira"),
    ("ООО Зельмира заблокирован", "ООО Зельмира"),
    ("骆驼集团股份有限公司 已停用", "骆驼集团股份有限公司"),
    ("原骆驼集团股份有限公司", "骆驼集团股份有限公司"),
    ("原溢达集团", "溢达集团"),
    ("曾用名骆驼集团股份有限公司", "骆驼集团股份有限公司"),
]


@pytest.mark.parametrize(("cell", "name"), MARKED)
def test_the_name_is_compared_without_its_mark(cell, name):
    assert name in within(cell)


@pytest.mark.parametrize(
    "cell",
    ["A*STAR", "Closed Joint Stock Company Zelmira", "Plant No 2", "Kestrel Works 12", "Blocked Accounts Recovery Ltd",
     "Torvald Quisling", "*BLOCKED*", "BLOCKED", "原材料贸易有限公司", "原野", "In Liquidation Ltd"],
)  # fmt: skip
def test_what_is_no_mark_is_a_part_of_the_name(cell):
    assert all(len(part.split()) == len(cell.replace("*", "").split()) for part in within(cell))


def test_characters_set_apart_by_blanks_are_one_name():
    whole = "新疆能源（集团）有限责任公司"
    assert similarity(" ".join(whole), whole, "company").score == 1
    assert similarity(" ".join("王小明"), "王小明", "person").score == 1
    for parted in ("骆驼集团 股份有限公司", "李 明", "上海 A 公司"):  # two words, a surname, a letter between
        assert similarity(parted, parted.replace(" ", ""), "any").score < 1
