"""Charts: the same drawing on every machine and every run."""

import re
import subprocess
import sys

from entrepot.brief.charts import specs

DRAW = """
import sys
from entrepot.brief.charts import specs
row = {"kind": "reported", "name": "a", "label": "", "href": "#x"}
rows = [{"date": f"{y}-01-01", "value": y - 2020, **row} for y in (2023, 2024)]
marks = [{"date": "2024-01-01", "mark": "A", "href": "#x"}]
for spec in (
    specs.quarters(rows, "t", "y", marks), specs.years(rows, "t", "y", marks), specs.steps(rows, marks, "y"),
    specs.cumulative(rows, "y"), specs.timeline(rows, ("reported",)),
):
    sys.stdout.write(specs.svg(spec, "label"))
"""


def drawn(zone, isolated, home):
    done = subprocess.run(
        [sys.executable, "-c", DRAW], env=isolated(home) | {"TZ": zone}, capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()


def test_a_day_is_drawn_in_the_same_place_in_every_time_zone(isolated, tmp_path):
    here = drawn("UTC", isolated, tmp_path)
    assert {"2023", "2024"} <= set(re.findall(r">(\d{4})<", here))
    assert drawn("America/Los_Angeles", isolated, tmp_path) == here
    assert drawn("Asia/Tokyo", isolated, tmp_path) == here


def test_a_chart_drawn_again_is_the_same_text():
    spec = specs.bars([{"name": "a", "value": 1, "label": "1", "href": "#x"}], "x", "t")
    assert specs.svg(spec, "label") == specs.svg(spec, "label")


def test_two_reports_of_one_period_share_a_line_inside_the_frame():
    rows = [
        {"name": n, "before": b, "after": 2 * b, "before_href": "#a", "after_href": "#b"}
        for n, b in (("2025", 10), ("2025", 11), ("2024", 5))
    ]
    drawn = specs.svg(specs.pairs(rows, "Irkeshtam", "vehicles"), "")
    frame = float(re.search(r'class="background"[^>]* d="M0,0h\d+v(\d+)', drawn)[1])
    heights = [
        float(y) for y in re.findall(r'role="graphics-symbol"[^>]*transform="translate\([\d.]+,([\d.]+)\)"', drawn)
    ]
    assert heights
    assert max(heights) < frame
