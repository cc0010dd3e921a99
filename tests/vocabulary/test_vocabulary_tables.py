import json

import pytest

from entrepot.brief.charts.outlines import outline_text

OUTLINES = ("land_50m_simplified", "xinjiang", "disputed_kashmir", "borders")


def points(coordinates):
    if isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from points(part)


@pytest.mark.parametrize(
    ("iso2", "iso3", "name"),
    [("CN", "CHN", "China"), ("KZ", "KAZ", "Kazakhstan"), ("PK", "PAK", "Pakistan"), ("NA", "NAM", "Namibia")],
)
def test_iso_3166(rows, iso2, iso3, name):
    # NA is Namibia, not an absence
    assert {(r["iso2"], r["iso3"], r["name"]) for r in rows("countries")} >= {(iso2, iso3, name)}


def test_there_are_as_many_countries_as_iso_3166_has_codes(rows):
    codes = rows("countries")
    assert len(codes) == len({r["iso3"] for r in codes}) == 249


def test_parents_form_a_tree(rows):
    parent = {r["place_id"]: r["parent"] for r in rows("places")}
    for place, above in parent.items():
        line = [place]
        step = above
        while step is not None:
            assert step not in line
            line.append(step)
            step = parent[step]


@pytest.mark.parametrize("name", OUTLINES)
def test_outlines_are_geojson_on_the_globe(name):
    outline = json.loads(outline_text(name))
    assert outline["type"] == "FeatureCollection"
    assert outline["source"] == "Natural Earth (public domain)"
    for feature in outline["features"]:
        for lon, lat in points(feature["geometry"]["coordinates"]):
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
