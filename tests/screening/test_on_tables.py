"""Tables of Spark: parties are taken from them and matches put into them, with the bytes of one machine."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import entrepot
from entrepot.core.errors import BadInputError
from entrepot.screening.on_spark.cluster import spark_session, told
from entrepot.screening.on_spark.cluster_tables import file_of, table_of
from spark_cluster import cluster

DAY = "2024-06-01"
HERE = "local[2]"  # a cluster within one process; the slow test has a real one


@pytest.fixture(scope="module")
def rows():
    """Parties in the order of their columns, as they come from a table: with zeros, an empty cell and an instant."""
    names = sorted([*(f"{n:04} Harbour Trading" for n in range(2_400)), *["Hetian Taida Apparel Co Ltd"] * 3])
    seen = pa.array([datetime(2024, 1, 1, 12, tzinfo=UTC)] * len(names))
    number = pa.array([None, *range(1, len(names))], pa.int64())
    return pa.table({"supplier": names, "country": ["China"] * len(names), "number": number, "seen": seen})


def test_a_table_is_told_from_a_file():
    assert table_of("spark-table:lake.trade.parties") == "lake.trade.parties"
    assert table_of("parties.csv") == table_of(None) == table_of(pa.table({})) == ""
    with pytest.raises(BadInputError, match="name of the table is missing"):
        table_of("spark-table: ")


def test_the_file_of_a_table_is_its_own():
    assert file_of("trade.hits") == "trade.hits.parquet"
    names = ["a/b", "a-b", "a b", "../a", "x" * 300, "y" + "x" * 299, "parquet.`s3a://b/c`", "…", "."]
    files = {file_of(n) for n in names}
    assert len(files) == len(names)
    assert all(len(f) < 100 and "/" not in f and not f.startswith(".") for f in files)


def test_what_a_table_needs_is_said_before_work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInputError, match=r"needs its cluster: 'spark-table:trade.parties'"):
        entrepot.screen("spark-table:trade.parties")
    with pytest.raises(BadInputError, match="needs its cluster"):
        entrepot.screen("parties.csv", out="spark-table:trade.hits")
    with pytest.raises(BadInputError, match="no address of a Spark cluster"):
        entrepot.screen("spark-table:trade.parties", on="http://host")
    with pytest.raises(BadInputError, match="no master of a cluster answers"):
        entrepot.screen("spark-table:trade.parties", on="spark://127.0.0.1:1")


def test_a_fault_within_a_session_is_not_laid_to_spark():
    with pytest.raises(ZeroDivisionError), told():
        1 / 0  # noqa: B018 - a fault of whoever has the session


@pytest.mark.slow  # a minute; of a cluster the fast tests have `test_on_cluster.py`
def test_tables_of_a_program_are_taken_and_written(rows, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # Workers look for the same Entrepot from another folder.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(entrepot.__file__).parents[1]), *sys.path]))
    pq.write_table(rows, "rows.parquet")
    alone = entrepot.screen("rows.parquet", as_of=DAY, keep_columns=("seen", "number"), store="store").table
    with spark_session(HERE) as session:
        session.conf.set("spark.sql.session.timeZone", "Asia/Shanghai")
        frame = session.createDataFrame(rows.append_column("tags", pa.array([["a"]] * len(rows))))
        frame.orderBy("number").repartition(3).createOrReplaceTempView("parties")
        given = {"as_of": DAY, "on": HERE, "keep_columns": ("seen", "number"), "store": "store"}
        there = entrepot.screen("spark-table:parties", out="spark-table:hits", **given)
        written = session.table("hits").orderBy("match_id").toArrow()
        with pytest.raises(BadInputError, match="a file of that name is in the way"):
            entrepot.screen("spark-table:parties", out="spark-table:hits", **given)
        Path("hits.parquet").rename("kept.parquet")
        with pytest.raises(BadInputError, match="the table for the results exists"):
            entrepot.screen("spark-table:parties", out="spark-table:hits", **given)
        with pytest.raises(BadInputError, match="the schema for the results is not there"):
            entrepot.screen("spark-table:parties", out="spark-table:nowhere.hits", **given)
        with pytest.raises(BadInputError, match="TABLE_OR_VIEW_NOT_FOUND"):
            entrepot.screen("spark-table:absent", **given)
        place = f"parquet.`{tmp_path / 'folder'}`"
        entrepot.screen("spark-table:parties", out=f"spark-table:{place}", **given)
        Path(file_of(place)).unlink()
        with pytest.raises(BadInputError, match="the table for the results exists"):
            entrepot.screen("rows.parquet", out=f"spark-table:{place}", **given | {"as_of": "2024-06-02"})
    Path("kept.parquet").rename("hits.parquet")
    assert there.table.equals(alone)
    assert written.num_rows == alone.num_rows > 3
    assert "Columns of the table that hold no plain values are not read: tags." in there.notes
    assert any("2,403 rows were read from the table parties" in n for n in there.notes)
    assert sorted(pq.read_table("folder")["row"].to_pylist()) == sorted(alone["row"].to_pylist())


@pytest.mark.slow
def test_the_command_takes_tables_of_a_catalogue_that_lasts(rows, tmp_path):
    """A metastore in a file, as `spark-defaults.conf` names it."""
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "spark-defaults.conf").write_text(
        "spark.sql.catalogImplementation hive\n"
        f"spark.sql.warehouse.dir {(tmp_path / 'warehouse').as_uri()}\n"
        f"spark.hadoop.javax.jdo.option.ConnectionURL jdbc:derby:;databaseName={tmp_path}/metastore;create=true\n",
        "utf-8",
    )
    pq.write_table(rows, tmp_path / "rows.parquet")
    env = os.environ | {"ENTREPOT_STORE": str(tmp_path / "store"), "PYTHONPATH": os.pathsep.join(sys.path)}
    env |= {"SPARK_CONF_DIR": str(tmp_path / "conf"), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    make = (
        "from entrepot.screening.on_spark.cluster import spark_session, told\n"
        "with spark_session('local[2]') as s:\n"
        "    s.sql('CREATE DATABASE trade')\n"
        "    s.read.parquet('rows.parquet').repartition(3).write.saveAsTable('trade.parties')\n"
    )
    subprocess.run([sys.executable, "-c", make], cwd=tmp_path, env=env, check=True, capture_output=True)

    def ran(*given):
        command = [sys.executable, "-m", "entrepot", "screen", *given, "--as-of", DAY]
        return subprocess.run(command, cwd=tmp_path, env=env, check=False, capture_output=True, text=True)

    assert ran("rows.parquet", "--out", "alone.parquet").returncode == 0
    with cluster(tmp_path) as made:
        made.add_worker()
        made.add_worker()
        done = ran("spark-table:trade.parties", "--out", "spark-table:trade.hits", "--on", made.master)
    assert done.returncode == 0, done.stderr
    assert "The results are in the table trade.hits, and in the file trade.hits.parquet." in done.stderr
    assert (tmp_path / "trade.hits.parquet").read_bytes() == (tmp_path / "alone.parquet").read_bytes()
    found = pq.read_table(tmp_path / "warehouse" / "trade.db" / "hits")
    assert found.num_rows == pq.read_metadata(tmp_path / "alone.parquet").num_rows > 3
