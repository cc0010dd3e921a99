"""The file of a measure of one's own, as the tests of other corridors write it."""

from __future__ import annotations

_ACT = """
id = "order"
title = "Order on exports"
short = "Order"
jurisdiction = "{state}"
kind = "export_control"
authority = "Ministry"
status = "in_force"
checked = 2026-11-30
direction = "export"
territory = []
countries = ["{whom}"]
summary = "Bars exports."
unknown = []

[[provision]]
id = "ban"
name = "Ban"
from = 2022-07-01
text = "The goods may not leave."
subject = "goods"
threshold = "any amount"
goods = "listed"
hs = [ {{ prefix = "{goods}", basis = "named" }} ]
citation = "Decision"
verified = "secondary"
sources = ["s-decision"]
rows = []

[brief]
{plan}
[[source]]
id = "s-decision"
publisher = "Ministry"
title = "Decision of the Ministry"
url_basis = "none"
source_kind = "original"
"""


def own_act(state: str, whom: str, *, goods: str, plan: str) -> str:
    """A ban on exports from a state to another: `goods` an HS code, `plan` what stands under [brief]."""
    return _ACT.format(state=state, whom=whom, goods=goods, plan=plan)
