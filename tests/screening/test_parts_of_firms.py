"""Names with a part of the firm beside them: a branch, an office or a works, in the languages of trade."""

import pytest

from entrepot.screening.parties.cells.names_in_cell import within

PARTS = [
    ("Camel Group (Hong Kong Office)", "Camel Group"),
    ("Camel Group Hong Kong Office", "Camel Group"),
    ("Camel Group (Factory)", "Camel Group"),
    ("Camel Group, Dhaka Warehouse", "Camel Group"),
    ("Camel Group Beijing Representative Office", "Camel Group"),
    ("Camel Group Liaison Office", "Camel Group"),
    ("Camel Group Xiangyang Plant No. 2", "Camel Group"),
    ("Esquel Group Factory", "Esquel Group"),
    ("Ninestar - Hong Kong Office", "Ninestar"),
    ("Kingherbs (Xinjiang Factory)", "Kingherbs"),
    ("Zelmira Delhi Office", "Zelmira"),
    ("Zelmira (Delhi Office)", "Zelmira"),
    ("Zelmira Representative Office in Nairobi", "Zelmira"),
    ("Zelbank Representative Office Beijing", "Zelbank"),
    ("Hong Kong Office of Camel Group", "Camel Group"),
    ("Branch of Camel Group Co., Ltd. in Dhaka", "Camel Group Co., Ltd."),
    ("Heze Cotton and Linen Hong Kong Office", "Heze Cotton and Linen"),
    ("Представительство АО Зельмира в Индии", "АО Зельмира"),
    ("Camel Group Co., Ltd. Niederlassung Peking", "Camel Group Co., Ltd."),
    ("Camel Group Pekin Temsilciliği", "Camel Group"),
    ("Camel Group bureau de représentation à Paris", "Camel Group"),
    ("骆驼集团北京办事处", "骆驼集团"),
    ("骆驼集团驻北京代表处", "骆驼集团"),
    ("骆驼集团上海工厂", "骆驼集团"),
    ("駱駝集團香港辦事處", "駱駝集團"),
    ("骆驼集团北京分公司", "骆驼集团"),
]


@pytest.mark.parametrize(("cell", "name"), PARTS)
def test_the_firm_is_compared_without_its_part(cell, name):
    assert name in within(cell)


@pytest.mark.parametrize(
    "cell",
    ["Office Depot", "Factory Mutual Insurance Company", "Xinjiang Wool Factory", "Beijing Cotton Mill", "Post Office",
     "Urumqi No. 2 Cotton Mill", "The Office Group Ltd", "Steel Works GmbH", "Design Works", "Camel Office",
     "Branch Banking and Trust", "Plant Genetics Ltd", "Beijing Office Furniture Factory", "John Mills",
     "Beijing Dubai Office", "新疆羊毛工厂", "北京例子公司第二分公司", "Vertretung Schmidt"],
)  # fmt: skip
def test_a_word_for_a_part_that_the_firm_is_called_by_stays(cell):
    assert within(cell) == ()


def test_a_bracket_that_says_a_part_alone_is_no_name():
    assert "Delhi Office" not in within("Zelmira (Delhi Office)")
