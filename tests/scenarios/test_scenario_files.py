"""Scenario files: what they mean, and what is refused with its line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenarios.unsure_worlds import BAN, CODES, scenario, small_world

from entrepot.core.errors import EntrepotError, UnreadableFileError
from entrepot.scenarios.asked.meant_change import content, meant_change
from entrepot.scenarios.asked.scenario_file import read_scenario, scenario_file

TARIFF = BAN.replace('"import ban"', '"tariff"\npercent = 25')
SECOND = '\n[[act]]\nby = ["USA"]\non = ["XIN"]\nsectors = ["metals"]\ninstrument = '


def read(text):
    return read_scenario(text, "ban.toml", "ban", CODES)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (BAN.replace("XIN", "XNI"), 6, "did you mean XIN"),
        (BAN.replace('["XIN"]', '["XIN", "USA"]'), 6, "USA would sanction itself"),
        (BAN.replace('["XIN"]', '["all"]').replace('["USA"]', '["all"]'), 6, "economies by name"),
        (BAN.replace("XIN", "KGZ"), 6, "in which Kyrgyzstan is not"),
        (BAN.replace('["USA"]', "[]"), 5, "one economy or more"),
        (BAN + 'sectors = ["textile"]\n', 8, "did you mean textiles"),
        (BAN + "leakage = 1.5\n", 8, "a share from 0 to 1"),
        (BAN + "leakage = nan\n", 8, "a share from 0 to 1"),
        (BAN + "leakage = 0.1\nleakage_between = [0.2, 0.3]\n", 9, "with 0.1 between them"),
        (BAN + "leakage_between = [0.3, 0.1]\n", 8, "two shares from 0 to 1, the lower first"),
        (BAN + "leakage_between = [0.1, 3]\n", 8, "two shares from 0 to 1, the lower first"),
        (BAN + "leakage_between = [0.1]\n", 8, "two shares from 0 to 1, the lower first"),
        (BAN + "percent = 5\n", 8, "no such key under 'import ban'"),
        (BAN + "share_let_through = 0.5\n", 8, "no such key under 'import ban'"),
        (BAN + "leek = 1\n", 8, "did you mean leakage"),
        (BAN.replace("import ban", "embargo"), 7, "export ban"),
        (BAN.replace("import ban", "licence"), 4, "either share_let_through or tariff_equivalent_percent"),
        (TARIFF.replace("25", "0"), 8, "above 0 and at most 1000"),
        (TARIFF + "leakage = 0.1\n", 9, "no such key under 'tariff'"),
        (TARIFF + "content = true\n", 9, "only an import ban or a licence"),
        (BAN + SECOND + '"tariff"\npercent = 10\n', 13, "a tariff stands beside a ban that lets nothing pass"),
        (BAN + SECOND + '"licence"\nshare_let_through = 0.5\n', 13, "a licence stands beside a ban"),
        (BAN + SECOND + '"import ban"\nleakage = 0.5\n', 13, "the same ban stands twice"),
        (TARIFF + SECOND + '"tariff"\npercent = 10\n', 14, "two tariffs stand on metals from XIN to USA"),
        (BAN + "[elasticities]\ntextiles = 0\n", 9, "a number above 0"),
        (BAN + "[elasticities]\ntextiles = -4.5\n", 9, "a number above 0"),
        (BAN + "[elasticities]\ntextile = 4\n", 9, "did you mean textiles"),
        (BAN + "[elasticities]\nspread = 9\n", 9, "standard deviation of the logarithm"),
        ("deficits = 'open'\n" + BAN, 1, "closed"),
        ("home = ['USA']\n" + BAN, 6, "others than `home`"),
        (BAN.partition("[[act]]")[0], None, "one [[act]] or more"),
        (BAN.replace("from = 2024-01-01\n", ""), None, "a date"),
        ("title = [", None, "is no TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(text, line, said):
    with pytest.raises(UnreadableFileError) as caught:
        read(text)
    assert said in str(caught.value)
    assert caught.value.line == line


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    for path, data, said in (("none.toml", None, "cannot be read"), ("bytes.toml", b"\xff\xfe\x00", "is not UTF-8")):
        if data is not None:
            (tmp_path / path).write_bytes(data)
        with pytest.raises(UnreadableFileError, match=said):
            scenario_file(tmp_path / path, CODES)


def test_an_export_ban_and_an_import_ban_may_stand_together():
    found = read(BAN + SECOND.replace('["USA"]\non = ["XIN"]', '["XIN"]\non = ["USA"]') + '"export ban"\n')
    assert found.coalition == ("USA", "XIN")


def test_all_is_everybody_else_but_home():
    found = read("home = ['CHN']\n" + BAN.replace('["USA"]', '["all"]'))
    assert set(found.acts[0].by) == {"USA", "EU", "KAZ", "VNM"}


@settings(max_examples=60)
@given(st.text(max_size=200), st.integers(0, len(BAN)))
def test_damaged_files_are_refused_or_read(damage, at):
    try:
        read(BAN[:at] + damage + BAN[at:])
    except EntrepotError as exc:
        assert "ban.toml" in str(exc)


def test_what_passes_is_that_share_of_the_flow_at_the_prices_of_before():
    world = small_world()
    for text, passes in (
        (BAN + "leakage = 0.25\n", 0.25),
        (BAN.replace('"import ban"', '"licence"\nshare_let_through = 0.4'), 0.4),
        (BAN, 0.0),
        (BAN + "leakage = 1\n", 1.0),
    ):
        change = meant_change(world, read(text))
        left = change.costs[:, 0, 2] ** -world.elasticities
        assert left == pytest.approx(passes, abs=1e-12)
        change.costs[:, 0, 2] = 1
        assert (change.costs == 1).all()
        assert (change.tariffs == world.tariffs).all()


def test_tariffs_equivalents_and_sectors():
    world = small_world()
    change = meant_change(world, read(TARIFF + 'sectors = ["metals"]\n'))
    assert change.tariffs[1, 0, 2] == pytest.approx(world.tariffs[1, 0, 2] + 0.25)
    assert (change.tariffs != world.tariffs).sum() == 1
    licence = read(BAN.replace('"import ban"', '"licence"\ntariff_equivalent_percent = 30'))
    assert meant_change(world, licence).costs[:, 0, 2] == pytest.approx(1.3)
    ban = read(BAN.replace("import ban", "export ban"))  # the United States sell nothing to Xinjiang
    assert np.isinf(meant_change(world, ban).costs[:, 2, 0]).all()


def test_content_is_the_sum_over_rounds_of_inputs():
    world = small_world()
    j, n = world.spending.shape
    own = np.zeros((j, n))
    own[0, 2] = 1
    # round by round: what is in the inputs of the last round, by the proportions in which each economy buys
    found = own.copy()
    for _ in range(400):
        in_bought = np.einsum("jni,ji->jn", world.shares / (1 + world.tariffs), found)
        found = np.where(own == 1, 1.0, np.einsum("nkj,kn->jn", world.bought_inputs, in_bought))
    assert content(world, ["XIN"], ["textiles"]) == pytest.approx(found, abs=1e-9)


def test_content_hits_the_goods_of_others_in_proportion():
    world = small_world()
    change = meant_change(world, read(BAN + "leakage = 0.5\ncontent = true\n"))
    held = content(world, ["XIN"])
    for seller in (1, 3, 4, 5):
        left = change.costs[:, 0, seller] ** -world.elasticities
        assert left == pytest.approx(1 - 0.5 * held[:, seller], abs=1e-12)
    assert (change.costs[:, 1:] == 1).all()
    assert (change.costs[:, 0, 0] == 1).all()


def test_closed_deficits_are_closed_before():
    closed = scenario("deficits = 'closed'\n" + BAN)
    assert closed.deficits == "closed"


@pytest.mark.parametrize(
    ("instrument", "lines", "passes", "between"),
    [
        ("import ban", "leakage_between = [0.1, 0.3]", 0.2, (0.1, 0.3)),
        ("import ban", "leakage_between = [0.0, 0.3]", 0.15, (0.0, 0.3)),
        ("export ban", "leakage_between = [0, 1]", 0.5, (0.0, 1.0)),
        ("licence", "share_let_through_between = [0.4, 0.8]", 0.6, (0.4, 0.8)),
        ("import ban", "leakage = 0.0\nleakage_between = [0.0, 0.3]", 0.0, (0.0, 0.3)),  # what is said stands
        ("import ban", "leakage = 0.1", 0.1, (0.1, 0.1)),
        ("import ban", "", 0.0, (0.0, 0.0)),
        ("licence", "tariff_equivalent_percent = 10", 1.0, (1.0, 1.0)),
    ],
)
def test_ends_without_a_likeliest_share_mean_their_middle(instrument, lines, passes, between):
    """A figure at one end of what is thought possible would be no figure of what is thought likely."""
    (act,) = read(BAN.replace("import ban", instrument) + lines + "\n").acts
    assert act.passes == pytest.approx(passes)
    assert act.between == pytest.approx(between)
