"""What a table is in order of stands in it on a terminal of 80 columns."""

from __future__ import annotations

import pytest

NARROW = {"COLUMNS": "80"}


@pytest.mark.parametrize("further", [(), ("--by-pair",), ("--from", "CHN", "--product", "85414300")])
def test_flows_show_their_value(run_cli, further):
    shown = run_cli("flows", *further, env=NARROW).stdout.splitlines()
    heading = next(line for line in shown if line.startswith("number"))
    assert "value" in heading
    assert max(map(len, shown)) <= 80
    rows = [line.split() for line in shown if line.split()[:1] == ["1"]]
    assert rows[0][-1].replace(",", "").isdigit()


def test_mirrors_show_both_reports_and_the_gap(run_cli, tmp_path):
    """One flow of which the importer counts a thousandth: 123,456,789 against 123,457; the others agree."""
    path = tmp_path / "both.csv"
    lines = ["reporter,flow,partner,product,period,value_usd"]
    for year in range(2015, 2024):
        odd = year == 2023
        lines.append(f"KAZ,export,CHN,7403,{year},{123_456_789 if odd else 100_000_000 + year}")
        lines.append(f"CHN,import,KAZ,7403,{year},{123_457 if odd else 105_000_000 + year}")
        lines.append(f"KAZ,export,CHN,2603,{year},{90_000_000 + year}")
        lines.append(f"CHN,import,KAZ,2603,{year},{94_000_000 + year}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    shown = run_cli("mirror", str(path), env=NARROW).stdout.splitlines()
    assert max(map(len, shown)) <= 80
    first = next(line for line in shown if "7403" in line).split()
    assert first[:6] == ["KAZ", "CHN", "7403", "2023", "123,456,789", "123,457"]
    assert first[6].startswith("-12")  # nearly all of it


def test_a_missing_share_stands_with_both_its_ends(run_cli, tmp_path):
    path = tmp_path / "months.csv"
    lines = ["reporter,flow,partner,product,period,value_usd"]
    for number in range(48):  # DEU sells three times as much from 2022 on, of which KGZ counts the old amount
        month, after = f"{2020 + number // 12}-{number % 12 + 1:02}", number >= 24
        moved = 1 + 0.02 * (number * 7 % 5 - 2)
        lines.append(f"DEU,export,KGZ,8542,{month},{1e8 * moved * (3 if after else 1):.0f}")
        lines.append(f"KGZ,import,DEU,8542,{month},{1e8 * moved:.0f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    shown = run_cli("mirror", str(path), "--since", "2022-01", env=NARROW).stdout.splitlines()
    row = next(line for line in shown if line.startswith("DEU")).split()
    missing, share, low, high = (float(cell.replace(",", "")) for cell in row[2:6])
    assert missing > 4e9  # 24 months of 200 million
    assert 95 < low <= share <= high < 105
