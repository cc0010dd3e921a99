"""The page as a parser sees it: every figure opens its finding and its source, and nothing asks the network."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest

from entrepot.core.periods import first_day, last_day

# What the end tag of may be left out, and what ends it then (HTML standard, 13.1.2.4).
IMPLIED = {"td": {"td", "th", "tr", "tbody"}, "tr": {"tr", "tbody"}}
VOID = frozenset({"meta", "link", "img", "br", "hr", "input", "col", "base", "source"})
# A year or a day may stand in a sentence: it says which window is meant. All else is a figure and needs its source.
DATES = re.compile(r"\bQ[1-4](?= )|(?<!\d)(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?!\d)")
PAGE_BYTES = 2_500_000  # names stand apart in it, for readers of other scripts and languages: some 80 kB


@dataclass
class Node:
    """An element with its attributes, text runs and children."""

    tag: str
    attributes: dict[str, str]
    parent: "Node | None" = None
    children: list["Node | str"] = field(default_factory=list)

    def all(self, tag=None, cls=None):
        """The elements within, of a tag and a class."""
        for child in self.children:
            if isinstance(child, Node):
                if tag in {None, child.tag} and (cls is None or cls in child.attributes.get("class", "").split()):
                    yield child
                yield from child.all(tag, cls)

    def texts(self, *, outside=lambda _: False):
        """The runs of text, less those of elements that `outside` names."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif not outside(child):
                yield from child.texts(outside=outside)

    @property
    def text(self):
        return "".join(self.texts())


class Reader(HTMLParser):
    """Builds the tree and fails where an element is closed that is not open."""

    def __init__(self):
        super().__init__()
        self.root = self.at = Node("", {})

    def end_implied(self, by):
        while by in IMPLIED.get(self.at.tag, ()):
            self.at = self.at.parent

    def handle_starttag(self, tag, attrs):
        self.end_implied(tag)
        node = Node(tag, {k: v or "" for k, v in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, {k: v or "" for k, v in attrs}, self.at))

    def handle_endtag(self, tag):
        if tag != self.at.tag:
            self.end_implied(tag)
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}> near line {self.getpos()[0]}"
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    assert reader.at is reader.root, f"<{reader.at.tag}> is never closed"
    return reader.root


@pytest.fixture(scope="module")
def page(uflpa):
    return read(uflpa.html)


@pytest.fixture(scope="module")
def rows(page):
    """The rows of the table of findings by id."""
    (table,) = page.all("table", "findings")
    (body,) = table.all("tbody")
    return {row.attributes["id"]: row for row in body.all("tr")}


def test_ids_stand_once(page):
    ids = Counter(n.attributes["id"] for n in page.all() if "id" in n.attributes)
    assert [i for i, n in ids.items() if n > 1] == []


def test_the_table_holds_the_findings_of_the_file(uflpa, rows):
    assert list(rows) == [f["id"] for f in uflpa.findings]


def test_every_figure_opens_its_finding(page, rows):
    figures = list(page.all("a", "fig"))
    assert len(figures) > 500
    for link in figures:
        assert link.attributes["href"].removeprefix("#") in rows, link.text


def test_every_link_inside_the_page_leads_somewhere(page):
    ids = {n.attributes["id"] for n in page.all() if "id" in n.attributes}
    links = [a.attributes["href"] for a in page.all("a")]
    assert {h for h in links if not h.startswith(("https://", "http://", "#"))} == set()
    assert {h for h in links if h.startswith("#") and h[1:] not in ids} == set()


def test_every_finding_shows_a_source_or_says_that_it_has_no_address(uflpa, rows, sources):
    from entrepot.sources.register import link

    for found in uflpa.findings:
        cell = list(rows[found["id"]].all("td"))[-2]
        shown = [n for n in cell.all() if n.tag in {"a", "span"}]
        assert shown, found
        for node, cited in zip(shown, found["sources"], strict=False):
            address = link(sources[cited["source_id"]])
            assert node.attributes.get("href") == address, found
            assert address is not None or "no citable address" in node.attributes["title"], found
        hidden = len(found["sources"]) - len(shown)
        assert hidden == 0 or f"and {hidden} more (findings.json)" in cell.text


def test_links_out_are_those_of_the_register_and_never_of_a_clone(page, sources):
    linkable = {s["url"] for s in sources.values() if s["source_kind"] not in {"clone", "none"}}
    refused = {s["url"] for s in sources.values() if s["source_kind"] in {"clone", "none"} and s["url"]} - linkable
    out = [a for a in page.all("a") if a.attributes["href"].startswith("http")]
    assert len(out) > 100
    for a in out:
        assert a.attributes["href"] in linkable
        assert a.attributes["href"] not in refused
        assert "target" not in a.attributes  # so the page opened has no hold on this one


def test_the_page_can_ask_the_network_for_nothing(uflpa, page):
    assert (uflpa.folder / "report.html").stat().st_size < PAGE_BYTES
    tags = Counter(n.tag for n in page.all())
    assert tags["script"] == 1
    assert not tags.keys() & {"link", "iframe", "object", "embed", "base", "form", "video", "audio", "source", "image"}
    for node in page.all():
        assert node.tag == "a" or not node.attributes.get("href", "").startswith(("http", "//")), node
        for name, value in node.attributes.items():
            assert name not in {"src", "srcset", "xlink:href", "ping", "background", "action"}, node
            assert not name.startswith("on"), node
            assert not re.search(r"url\(\s*['\"]?(?!#)", value), node
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", "".join(n.text for n in page.all("style")))
    script = next(page.all("script")).text
    assert not re.search(r"fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\s*\(|https?:", script)
    (policy,) = [
        m.attributes["content"] for m in page.all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert [m.attributes["content"] for m in page.all("meta") if m.attributes.get("name") == "referrer"] == [
        "no-referrer"
    ]


def drawings(page):
    """The charts of the page; one that is drawn for two widths stands there twice, and one of them is shown."""
    return [s for s in page.all("svg") if "aria-label" in s.attributes]


def test_charts_are_named_for_those_who_do_not_see_them(uflpa, page):
    charts = [c for chapter in uflpa.report.chapters for c in chapter.charts] + [uflpa.report.lead, uflpa.report.map]
    assert len(drawings(page)) == len(charts) + sum(bool(c.narrow) for c in charts) > 20
    labels = {n.attributes["aria-label"] for n in drawings(page)}
    assert all(labels)
    assert len(labels) == len(charts)
    assert all(n.attributes.get("role") == "group" for n in drawings(page)), "an image may hold no links"


def test_every_chart_has_an_address_a_table_and_its_source_inside(uflpa, page):
    figures = [f for f in page.all("figure") if list(f.all("svg"))]
    addresses = [f.attributes["id"] for f in figures]
    assert len(set(addresses)) == len(addresses) > 20
    for figure in figures:
        assert all("Source: " in svg.text for svg in figure.all("svg") if "aria-label" in svg.attributes)
        (table,) = figure.all("table")
        opened = {a.attributes["href"] for a in table.all("a")}
        marks = {a.attributes["href"] for svg in figure.all("svg") for a in svg.all("a")}
        assert marks - opened <= {"#rivals"}


def test_marks_of_charts_open_findings(page, rows):
    marks = [a for svg in page.all("svg") for a in svg.all("a")]
    assert len(marks) > 200
    assert {a.attributes["href"] for a in marks} - {f"#{i}" for i in rows} <= {"#rivals", "#crossings"}
    assert all("target" not in a.attributes for a in marks)


def test_every_chart_shows_something(page):
    for svg in drawings(page):
        assert list(svg.all("a")), svg.attributes["aria-label"]


def is_figure(node):
    # A date beside its figure is no link of its own: the figure, which stands in the same sentence, carries the source.
    return (node.tag, *node.attributes.get("class", "").split())[:2] in {("a", "fig"), ("span", "when")}


def bare_digits(node):
    """Text with digits that stand in no figure; dates and the numbers of laws ("section 301") set aside."""
    from entrepot.measures.measure import measures

    names = re.compile("|".join(re.escape(m.short) for m in measures()))
    return [t for t in node.texts(outside=is_figure) if re.search(r"\d", DATES.sub("", names.sub("", t)))]


def test_no_figure_of_a_sentence_stands_without_its_source(page):
    (answer,) = page.all("ol", "answer")
    assert [t for item in answer.all("li") for t in bare_digits(item)] == []
    (main,) = page.all("main")
    sections = [s for s in main.all("section") if s.attributes["id"] not in {"findings", "sources"}]
    sentences = [p for s in sections for said in s.all("div", "said") for p in said.all("p")]
    assert len(sentences) > 10
    assert [t for p in sentences for t in bare_digits(p)] == []
    assert [t for s in sections for p in s.all("figcaption") for t in bare_digits(p)] == []


def test_each_test_of_the_answer_says_its_direction_and_its_figures(uflpa, page):
    (answer,) = page.all("ol", "answer")
    items = [n for n in answer.children if isinstance(n, Node) and n.tag == "li"]
    assert len(items) == len(uflpa.report.answer.tests)
    assert all(list(item.all("a", "fig")) for item in items)
    assert all(sum(1 for _ in item.all("span", "way")) == 1 for item in items)


def test_an_estimate_is_marked_wherever_it_stands(uflpa, page):
    status = {f["id"]: f["status"] for f in uflpa.findings}
    for link in page.all("a", "fig"):
        assert status[link.attributes["href"][1:]] in link.attributes["class"].split()


def test_no_word_that_the_house_forbids(page):
    text = next(page.all("body")).text.lower()
    assert "simply" not in text
    assert "powerful" not in text
    assert "uses forced labour" not in text
    assert "never “not listed”" in text
    assert text.count("not legal advice") == 1


def test_text_of_the_record_is_escaped(plain_brief, record, sources):
    import pyarrow as pa

    from entrepot.brief import render
    from entrepot.record.embedded import replace

    evil = '<script>alert("x")</script><img src=http://x.example/>{{ 7 * 7 }}{0}'
    events = [e | {"title": evil} if e["kind"] == "attack" else e for e in record.tables["events"].to_pylist()]
    edited = replace(record, "events", pa.Table.from_pylist(events, schema=record.tables["events"].schema))
    tree = read(render.html(plain_brief(changed=edited), sources))
    assert sum(1 for n in tree.all("script")) == 1
    assert not list(tree.all("img"))
    assert evil in next(tree.all("main")).text


def test_a_day_before_the_largest_batch(plain_brief, record, sources):
    from entrepot.brief import render
    from entrepot.brief.report import figures_of

    report = plain_brief(as_of="2024-11-24")
    tree = read(render.html(report, sources))
    (answer,) = tree.all("ol", "answer")
    assert "78 entities" in [a.text for a in answer.all("a", "fig")]
    day = last_day("2024-11-24")
    for found in figures_of(report):
        assert found.as_of is None or last_day(found.as_of) <= day, found
        if found.status != "forecast" and found.kind == "number":
            assert found.period_start is None or first_day(found.period_start) <= day, found


def test_a_day_before_the_act_says_what_is_missing(plain_brief, sources):
    from entrepot.brief import render
    from entrepot.brief.report import figures_of

    report = plain_brief(as_of="2022-01-01")
    missing = " ".join(m for c in report.chapters for m in c.missing)
    assert "How many parties stood under UFLPA in all, by date, is not in the record." in missing
    assert read(render.html(report, sources))
    day = last_day("2022-01-01")
    assert all(f.as_of is None or last_day(f.as_of) <= day for f in figures_of(report))


def test_what_is_not_known_names_no_later_day(plain_brief):
    for as_of in ("2022-06-21", "2024-11-24"):
        unknown = next(c for c in plain_brief(as_of=as_of).chapters if c.key == "unknown")
        days = re.findall(r"\d{4}-\d{2}-\d{2}", " ".join(unknown.missing))
        assert all(first_day(d) <= first_day(as_of) for d in days)


def measure_ids():
    from entrepot.measures.measure import measures

    return [m.id for m in measures()]


@pytest.mark.parametrize("as_of", ["2026-11-24", "2023-03-01", "1900-01-01"])
@pytest.mark.parametrize("measure_id", measure_ids())
def test_every_measure_briefs_on_every_day(plain_brief, sources, measure_id, as_of):
    from entrepot.brief import render
    from entrepot.brief.report import figures_of
    from entrepot.core import contract
    from entrepot.core.findings import FINDINGS

    report = plain_brief(measure_id, as_of=as_of)
    tree = read(render.html(report, sources))
    (answer,) = tree.all("ol", "answer")
    assert list(answer.all("li"))
    contract.check(FINDINGS, render.finding_table(report))
    day = last_day(as_of)
    for found in figures_of(report):
        assert found.sources, found
        assert found.as_of is None or last_day(found.as_of) <= day, found
    ids = {n.attributes["id"] for n in tree.all() if "id" in n.attributes}
    assert all(a.attributes["href"][1:] in ids for a in tree.all("a", "fig"))
    assert all(c.figures for chapter in report.chapters for c in chapter.charts)
    if measure_id != "uflpa":
        assert any(c.missing for c in report.chapters)
