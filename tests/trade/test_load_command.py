"""The command `entrepot load`."""

import json
import re

import pyarrow.parquet as pq


def test_load_writes_flows_and_tells_the_faults(run_cli, constructed, tmp_path):
    out = tmp_path / "flows.parquet"
    done = run_cli("load", constructed / "comtrade_api.csv", "--out", out)
    assert done.code == 0, done.stderr
    assert pq.read_table(out).num_rows == 5
    assert "total_among_details" in done.stdout
    assert "Read as comtrade" in done.stderr


def test_faults_for_a_program(run_cli, constructed):
    done = run_cli("load", constructed / "BACI_HS17_Y2020_V202401b.csv", "--accept-loss", "1", "--format", "json")
    (fault,) = json.loads(done.stdout)
    assert (fault["kind"], fault["rows"]) == ("unknown_place", ["4"])


def test_several_files_are_one_table(run_cli, constructed, tmp_path):
    out = tmp_path / "flows.csv"
    done = run_cli("load", constructed / "comtrade_api.csv", constructed / "comtrade_legacy.csv", "--out", out)
    assert done.code == 0, done.stderr
    assert len(out.read_text().splitlines()) == 1 + 5 + 4


def test_a_file_twice_counts_once(run_cli, constructed, tmp_path):
    out = tmp_path / "flows.parquet"
    done = run_cli("load", constructed / "comtrade_legacy.csv", constructed / "comtrade_legacy.csv", "--out", out)
    assert pq.read_table(out).num_rows == 4
    assert "byte for byte: read once" in done.stdout + done.stderr


def test_bad_input_leaves_no_file(run_cli, tmp_path):
    bad, out = tmp_path / "bad.csv", tmp_path / "flows.parquet"
    bad.write_text("colour,taste\nred,sweet\n")
    done = run_cli("load", bad, "--out", out)
    assert done.code == 2
    assert "--map" in done.stderr
    assert not out.exists()
    assert run_cli("load", bad, "--as", "comtrad").code == 2
    assert run_cli("load", bad, "--as", "mapped").code == 2
    assert list(tmp_path.iterdir()) == [bad]


def test_mirror_prints_both_sides(run_cli, tmp_path):
    path = tmp_path / "own.csv"
    rows = [f"{r},PAK,AFG,110100,{y},{v}" for y in range(2010, 2016) for r, v in (("PAK", 100), ("AFG", 110))]
    path.write_text("\n".join(["reporter,exporter,importer,product,period,value_usd", *rows]) + "\n")
    done = run_cli("mirror", path, "--between", "Pakistan", "AFG", "--format", "json")
    assert done.code == 0, done.stderr
    found = json.loads(done.stdout)
    assert {(r["export_usd"], r["import_usd"]) for r in found} == {(100, 110)}
    assert "10.0%" in done.stderr
    assert run_cli("mirror", path, "--between", "PAK", "Narnia").code == 2
    assert "spread" in run_cli("mirror", path, "--reliability").stdout


def test_codes_are_brought_to_one_edition_when_asked(run_cli, tmp_path):
    path, out = tmp_path / "own.csv", tmp_path / "flows.parquet"
    heading = "reporter,flow,partner,product,hs_vintage,period,value_usd"
    rows = ["CHN,export,PAK,85414020,HS2017,2021,10", "CHN,export,PAK,85414200,HS2022,2022,3"]
    path.write_text("\n".join([heading, *rows]) + "\n")
    done = run_cli("load", path, "--hs", "HS2017", "--out", out)
    assert done.code == 0, done.stderr
    assert set(pq.read_table(out).column("product").to_pylist()) == {"85414020"}
    assert "1 code brought to HS2017" in done.stderr
    assert run_cli("load", path, "--hs", "HS2012").code == 2


def lossy(tmp_path, value):
    path = tmp_path / "own.csv"
    rows = ["CHN,KAZ,export,8541,2020,99", f"CHN,Narnia,export,8541,2020,{value}", "CHN,World,export,8541,2020,1000"]
    path.write_text("\n".join(["reporter,partner,flow,product,period,value_usd", *rows]) + "\n")
    return path


def test_what_loses_more_than_one_per_cent_of_the_value_writes_nothing(run_cli, tmp_path):
    out = tmp_path / "flows.parquet"
    done = run_cli("load", lossy(tmp_path, 2), "--out", out)
    assert done.code == 2
    assert "2.0 % of the value" in done.stderr  # 2 of 101: the row of the world holds the others
    assert "Narnia" in done.stderr
    assert not out.exists()
    assert run_cli("mirror", lossy(tmp_path, 2)).code == 2
    assert run_cli("divert", lossy(tmp_path, 2), "--from", "CHN", "--to", "KAZ", "--since", "2020-06-01").code == 2
    accepted = run_cli("load", lossy(tmp_path, 2), "--out", out, "--accept-loss", "0.02")
    assert (accepted.code, pq.read_table(out).num_rows) == (0, 2)
    assert "unknown_place 2.0 % (1 row)" in accepted.stderr


def test_a_loss_of_less_is_told(run_cli, tmp_path):
    done = run_cli("load", lossy(tmp_path, 0.5), "--out", tmp_path / "flows.parquet")
    assert done.code == 0, done.stderr
    assert "0.5 % of the value is set aside: unknown_place" in done.stderr


def test_a_csv_that_comes_back_reads_as_it_was_written(run_cli, constructed, tmp_path):
    for name in ("comtrade_api.csv", "eurostat_labels.csv", "comext_bulk.dat"):
        first, again = tmp_path / "first.csv", tmp_path / "again.csv"
        assert run_cli("load", constructed / name, "--accept-loss", "1", "--out", first).code == 0
        done = run_cli("load", first, "--out", again)
        assert done.code == 0, done.stderr
        assert again.read_text() == first.read_text(), name


def test_the_value_of_a_file_of_which_every_row_is_a_total_is_printed(run_cli, tmp_path):
    """Exports of the EU27 of all goods to partners: the sum of the partners, without the world that holds them."""
    path = tmp_path / "own.csv"
    rows = [f"EU27,{partner},export,TOTAL,2020,{value}" for partner, value in (("KAZ", 3), ("KGZ", 4), ("World", 7))]
    path.write_text("\n".join(["reporter,partner,flow,product,period,value_usd", *rows]) + "\n")
    done = run_cli("load", path)
    assert done.code == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("export")]
    assert " 7 " in line
    assert "–" not in line


def test_two_files_of_which_one_cannot_be_read_write_nothing(run_cli, constructed, tmp_path):
    good, bad, out = constructed / "comtrade_api.csv", tmp_path / "bad.csv", tmp_path / "flows.parquet"
    bad.write_text("colour,taste\nred,sweet\n")
    for order in ((good, bad), (bad, good)):
        done = run_cli("load", *order, "--out", out)
        assert done.code == 2
        assert "bad.csv" in done.stderr
        assert not out.exists()
    lost = tmp_path / "lost.csv"  # read, and of another place than is known
    lost.write_text("reporter,partner,flow,product,period,value_usd\nCHN,Narnia,export,8541,2020,9e12\n")
    done = run_cli("load", good, lost, "--out", out)
    assert (done.code, out.exists()) == (2, False)
    assert run_cli("load", good, lost, "--out", out, "--accept-loss", "1").code == 0
    assert pq.read_table(out).num_rows == 5


def test_a_map_of_another_file_names_the_headings_of_this_one(run_cli, constructed, tmp_path):
    out = tmp_path / "flows.parquet"
    done = run_cli("load", constructed / "comtrade_api.csv", "--map", constructed / "kazakhstan.toml", "--out", out)
    assert (done.code, out.exists()) == (2, False)
    assert "unknown column of the file" in done.stderr


TRADERS = "exporter,importer,product,period,value_usd\n"


def test_a_map_without_columns_that_is_of_another_file_is_refused(run_cli, tmp_path):
    """Before, China's flows became exports that Kazakhstan reports, a thousand times as large."""
    path, other, out = tmp_path / "own.csv", tmp_path / "other.toml", tmp_path / "flows.parquet"
    path.write_text(TRADERS + "CHN,KAZ,854231,2021,120\nCHN,KGZ,854231,2021,90\n")
    other.write_text('[fixed]\nreporter = "KAZ"\nflow = "export"\n[scale]\nvalue = 1000\n')
    done = run_cli("load", path, "--map", other, "--out", out)
    assert (done.code, out.exists()) == (2, False)
    assert "KAZ reports exports" in done.stderr
    assert "CHN to KAZ" in done.stderr
    other.write_text('[fixed]\nreporter = "China"\nflow = "export"\n')
    assert run_cli("load", path, "--map", other, "--out", out).code == 0
    path.write_text("reporter,partner,flow,product,period,value_usd\nCHN,KAZ,export,854231,2021,120\n")
    other.write_text('[fixed]\nreporter = "KAZ"\n')
    done = run_cli("load", path, "--map", other)
    assert (done.code, "the map fixes reporter = 'KAZ', and the file says another" in done.stderr) == (2, True)


def test_a_code_that_lost_its_zero_beside_one_that_did_not_is_said_where_two_rows_are_one_flow(run_cli, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TRADERS + "CHN,KAZ,080251,2021,120\nCHN,KAZ,80251,2021,5\nCHN,KAZ,854231,2022,240\n")
    said = "1 code of goods stands in the file with a leading zero and without it, 080251 and 80251: one code"
    done = run_cli("load", path)
    assert (done.code, said in done.stderr) == (2, True)
    accepted = run_cli("load", path, "--accept-loss", "1", "--out", tmp_path / "flows.parquet")
    assert (accepted.code, said in accepted.stderr) == (0, True)


def test_goods_by_name_alone_are_no_total_of_all_goods(run_cli, tmp_path):
    """Before, cells and modules of one month were two figures of one flow."""
    path, out = tmp_path / "own.csv", tmp_path / "flows.csv"
    rows = "CHN,USA,solar cells,2021,4\nCHN,USA,solar modules,2021,9\n"
    path.write_text("exporter,importer,goods,period,value_usd\n" + rows)
    done = run_cli("load", path, "--out", out)
    assert done.code == 0, done.stderr
    assert "is no code of HS 2022" in done.stdout
    assert [line.split(",")[5] for line in out.read_text().splitlines()[1:]] == ["solarcells", "solarmodules"]


ONE_OF_EACH = """reporter,partner,flow,product,period,value_usd
CHN,USA,export,854143,2019,4
CHN,World,export,854143,2019,4
CHN,Atlantis,export,854143,2019,5
"""


def test_a_count_of_one_is_followed_by_the_word_for_one(run_cli, tmp_path):
    path = tmp_path / "one.csv"
    path.write_text(ONE_OF_EACH, encoding="utf-8")
    told = run_cli("load", path, "--accept-loss", "1")
    assert "1 World row held" in told.stderr
    assert "(1 row)" in told.stderr
    # Every word for several that follows a 1, whatever it counts.
    assert not re.findall(
        r"(?<![\d,.])1 (?:\w+ )?(?:rows|columns|faults|products|periods|partners|codes)\b", told.stderr
    )
