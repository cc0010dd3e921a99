"""A document as a self-contained HTML page: no script, no network, every text escaped, nothing cut when printed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from entrepot.core.document.blocks import (
    Beside,
    Facts,
    Grid,
    Heading,
    Items,
    Link,
    Mono,
    NewPage,
    Paragraph,
    Pictures,
    Raised,
    Signatures,
    Strong,
    lines_of,
)
from entrepot.core.document.isolated import isolated
from entrepot.core.errors import plain

if TYPE_CHECKING:
    from entrepot.core.document.blocks import Block, Cell, Document, Span

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin-bottom: .2rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; } .sub { margin-top: 0; opacity: .75; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th, td { overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid; overflow-wrap: normal; } tbody th { font-weight: 600; width: 16rem; }
.num { text-align: right; white-space: nowrap; } .wide { overflow-x: auto; }
.note { background: var(--soft); padding: .7rem 1rem; border-radius: .3rem; }
code { font-size: .85em; overflow-wrap: anywhere; }
ul.items { columns: 22rem; list-style: none; padding: 0; overflow-wrap: anywhere; }
ul.items b { font-weight: 400; opacity: .75; display: inline-block; min-width: 3rem; }
.pictures { display: grid; grid-template-columns: repeat(var(--columns), 1fr); gap: 1rem; font-size: .8rem; }
@media (max-width: 46rem) { .pictures { grid-template-columns: 1fr; } }
.pictures figure { margin: 0; } .pictures svg { width: 100%; height: auto; }
/* Drawings are made for light paper, their words too: in the dark they keep it. */
@media screen and (prefers-color-scheme: dark) {
  figure svg { background: #fff; border-radius: .3rem; padding: .4rem; box-sizing: border-box; color-scheme: light; }
}
.beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
@media (max-width: 46rem) { .beside { grid-template-columns: 1fr; } }
/* On a narrow screen a row is a card, each cell behind the title of its column: else words break letter by letter. */
@media screen and (max-width: 46rem) {
  .wide table, .wide tbody, .wide tr, .wide td { display: block; }
  .wide colgroup { display: none; }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .wide tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  .wide td { border: 0; padding: .1rem 0 .1rem 7.5rem; position: relative; text-align: left; white-space: normal; }
  .wide td:not([data-title]) { padding-left: .6rem; }
  .wide tbody th { display: block; width: auto; border: 0; padding-bottom: 0; }
  .wide td::before { content: attr(data-title); float: left; margin-left: -7.5rem; width: 7rem; opacity: .75; }
  .wide td::after { content: ""; display: block; clear: both; }
}
.sign { display: flex; flex-wrap: wrap; gap: 2rem; margin-top: 3.5rem; }
.sign p { flex: 1 1 14rem; border-top: 1px solid; padding-top: .3rem; }
@media print {
  @page { margin: 1.6cm; }
  body { font-size: 9.5pt; max-width: none; margin: 0; padding: 0; }
  /* No column is narrower than its longest word; addresses and hashes break where they must. */
  .wide { overflow: visible; } th, td { padding: .25rem .4rem; overflow-wrap: break-word; }
  a { overflow-wrap: anywhere; } tbody th { width: 22%; } thead .num { white-space: normal; }
  .sign { margin-top: 1.8rem; gap: 1.2rem; flex-wrap: nowrap; } .sign p { flex: 1 1 0; } body { line-height: 1.4; }
  thead { display: table-header-group; } tr, .note, .sign { break-inside: avoid-page; } h2, h3 { break-after: avoid; }
  .page { break-before: page; } a { color: inherit; }
}
"""
_HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
)


def html_page(document: Document) -> str:
    """The page.

    Args:
        document: what it says.
    """
    title = escape(f"{document.title}: {document.subtitle}")
    body = "\n".join(_block(b) for b in document.blocks)
    head = f"{_HEAD}<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    top = f'<h1>{escape(document.title)}</h1>\n<p class="sub">{escape(document.subtitle)}</p>\n'
    return isolated(plain(f"{head}{top}{body}\n</main>\n</body>\n</html>"))


def _block(block: Block) -> str:  # noqa: PLR0911 - a kind of block a line
    match block:
        case Heading():
            return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
        case Paragraph():
            kind = ' class="note"' if block.stands_out else ""
            return f"<p{kind}>{_cell(block.text)}</p>"
        case Facts():
            rows = "\n".join(f'<tr><th scope="row">{escape(k)}</th><td>{_cell(v)}</td></tr>' for k, v in block.rows)
            return f'<div class="wide" tabindex="0"><table>\n<tbody>\n{rows}\n</tbody>\n</table></div>'
        case Grid():
            return _grid(block)
        case Items():
            rows = "\n".join(f"<li><b>{escape(word)}</b> {_cell(text)}</li>" for word, text in block.rows)
            return f'<ul class="items">\n{rows}\n</ul>'
        case Pictures():
            return _pictures(block)
        case Beside():
            columns = ("\n".join(map(_block, blocks)) for blocks in (block.left, block.right))
            return f'<div class="beside">{"".join(f"<div>{c}</div>" for c in columns)}</div>'
        case Signatures():
            return f'<div class="sign">{"".join(f"<p>{escape(x)}</p>" for x in block.labels)}</div>'
        case NewPage():
            return '<div class="page"></div>'


def _grid(block: Grid) -> str:
    kinds = [' class="num"' if c.is_number else "" for c in block.columns]
    head = "".join(f"<th{k}>{escape(c.title)}</th>" for c, k in zip(block.columns, kinds, strict=True))
    rows = []
    for i, row in enumerate(block.rows):
        name = f' id="{escape(block.ids[i])}"' if block.ids else ""
        each = zip(row, kinds, block.columns, strict=True)
        cells = "".join(f'<td{k} data-title="{escape(column.title)}">{_cell(c)}</td>' for c, k, column in each)
        rows.append(f"<tr{name}>{cells}</tr>")
    body = "\n".join(rows)
    total = sum(c.share for c in block.columns)
    shares = "".join(f'<col style="width: {100 * c.share / total:.1f}%">' for c in block.columns)
    inside = f"<colgroup>{shares}</colgroup>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    return f'<div class="wide" tabindex="0"><table>\n{inside}\n</table></div>'


def _pictures(block: Pictures) -> str:
    """Drawings as they are: they come from this program, and hold no script."""
    shown = "".join(
        f"<figure><figcaption><strong>{escape(p.title)}</strong></figcaption>{p.svg}"
        f"<figcaption>{_cell(p.caption)}</figcaption></figure>"
        for p in block.pictures
    )
    return f'<div class="pictures" style="--columns: {block.columns}">{shown}</div>'


def _cell(cell: Cell) -> str:
    return "<br>".join("".join(_span(s) for s in line) for line in lines_of(cell))


def _span(span: Span) -> str:
    match span:
        case Mono():
            return f"<code>{escape(span.text)}</code>"
        case Strong():
            return f"<strong>{escape(span.text)}</strong>"
        case Raised():
            return f"<sup>{escape(span.text)}</sup>"
        case Link():
            return _link(span)
        case _:
            return escape(span)


def _link(span: Link) -> str:
    """A link to the web alone; the address stands beside another text, for paper leads nowhere."""
    url, text = escape(span.url), escape(span.text)
    if not span.url.startswith(("https://", "http://")):
        return text
    anchor = f'<a href="{url}" rel="noreferrer">{url}</a>'
    return anchor if not span.text or span.text == span.url else f"{text} ({anchor})"
