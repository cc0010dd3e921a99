"""What a report strikes through it does not say: left out and counted as deleted, in every format that can strike."""

import pytest
from claim_files import docx, odt, run

from entrepot.claims.open import of_bytes

OLD, NEW = "8,615", "8,165"
LEFT = f"Alashankou saw {NEW} trains in 2025."


def _line(struck):
    return f"Alashankou saw {struck}{NEW} trains in 2025."


def _paragraph(properties, styles="", style=""):
    runs = run("Alashankou saw ") + run(OLD, properties) + run(f"{NEW} trains in 2025.")
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return docx(f"<w:p>{named}{runs}</w:p>", **({"word__styles_xml": styles} if styles else {}))


STYLES = (
    '<w:styles xmlns:w="w"><w:style w:styleId="Out"><w:name w:val="Taken out"/><w:rPr><w:strike/></w:rPr></w:style>'
    "</w:styles>"
)
LINED = (
    '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T2"><style:text-properties style:text-line-through-style="none"/></style:style>'
)


def _span(style):
    struck = f'<text:span text:style-name="{style}">{OLD}</text:span>'
    return f"<text:p>Alashankou saw {struck}{NEW} trains in 2025.</text:p>"


THROUGH, UNDER = '<span style="color:red; text-decoration: underline line-through">', "text-decoration:underline"
ROLE = '<span role="deletion">'
BOTH, BEFORE = (
    '<w:rStyle w:val="Out"/><w:strike w:val="false"/>',
    "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>",
)
OFF = '<w:strike w:val="0"/>'


def _word(properties, **parts):
    return "a.docx", docx(f"<w:p>{run(LEFT, properties)}</w:p>", **parts)


STRUCK = {
    "del": ("a.html", f"<p>{_line(f'<del>{OLD}</del>').replace(NEW, f'<ins>{NEW}</ins>')}</p>"),
    "s": ("a.html", f"<p>{_line(f'<s>{OLD}</s>')}</p>"),
    "strike": ("a.html", f"<p>{_line(f'<STRIKE><b>{OLD}</b></STRIKE>')}</p>"),
    "a style": ("a.html", f"<p>{_line(f'{THROUGH}{OLD}</span>')}</p>"),
    "a role": ("a.html", f"<p>{_line(f'{ROLE}{OLD}</span>')}</p>"),
    "a block": ("a.html", f"<del><p>{OLD} trains.</p><p>7 trains.</p></del><p>{LEFT}</p>"),
    "tildes": ("a.md", _line(f"~~{OLD}~~")),
    "tildes around more": ("a.md", _line(f"~~**{OLD}** and 7~~")),
    "tildes and a tag": ("a.md", _line(f"~~{OLD}~~").replace("trains", "<i>trains</i>")),
    "a tag in Markdown": ("a.md", _line(f"<del>{OLD}</del>")),
    "Word": ("a.docx", _paragraph("<w:strike/>")),
    "two lines": ("a.docx", _paragraph('<w:dstrike w:val="true"/><w:strike w:val="0"/>')),
    "a style of Word": ("a.docx", _paragraph('<w:rStyle w:val="Out"/>', STYLES)),
    "OpenDocument": ("a.odt", odt(_span("T1"), LINED)),
    "RTF": ("a.rtf", r"{\rtf1 " + _line(rf"{{\strike {OLD}}}") + r"\par}"),
    "RTF, two lines": ("a.rtf", r"{\rtf1 " + _line(rf"\striked1 {OLD}\striked0 ") + r"\par}"),
}  # fmt: skip


@pytest.mark.parametrize("case", STRUCK)
def test_struck_text_is_left_out_and_counted(case):
    name, data = STRUCK[case]
    report = of_bytes(data if isinstance(data, bytes) else data.encode(), name)
    assert (report.text, dict(report.left_out)) == (LEFT, {"deleted": 1})


WHOLE = {
    "inserted": ("a.html", f"<p>Alashankou saw <ins>{NEW}</ins> trains in 2025.</p>"),
    "underlined": ("a.html", f'<p>Alashankou saw <span style="{UNDER}">{NEW}</span> trains in 2025.</p>'),
    "no line": ("a.html", f'<p style="text-decoration:none">{LEFT}</p>'),
    "small": ("a.html", f"<p>Alashankou saw <small>{NEW}</small> trains in 2025.</p>"),
    "Word, taken off": _word(OFF),
    "Word, off again": _word(BOTH, word__styles_xml=STYLES),
    "Word, before a change": _word(BEFORE),
    "OpenDocument": ("a.odt", odt(f'<text:p><text:span text:style-name="T2">{LEFT}</text:span></text:p>', LINED)),
    "RTF, taken off": ("a.rtf", r"{\rtf1\strike0 " + LEFT + r"\par}"),
}  # fmt: skip


@pytest.mark.parametrize("case", WHOLE)
def test_what_is_not_struck_stays(case):
    name, data = WHOLE[case]
    report = of_bytes(data if isinstance(data, bytes) else data.encode(), name)
    assert (report.text, dict(report.left_out)) == (LEFT, {})


def test_one_tilde_says_about():
    about = "Alashankou saw ~8,165 trains and ~9 days."
    assert of_bytes(about.encode(), "a.md").text == about


def test_paragraphs_of_a_struck_style():
    body = f'<w:p><w:pPr><w:pStyle w:val="Out"/></w:pPr>{run(OLD)}</w:p><w:p>{run(LEFT)}</w:p>'
    assert of_bytes(docx(body, word__styles_xml=STYLES), "a.docx").text == LEFT
    struck = of_bytes(odt(f'<text:p text:style-name="T1">{OLD}</text:p><text:p>{LEFT}</text:p>', LINED), "a.odt")
    assert (struck.text, dict(struck.left_out)) == (LEFT, {"deleted": 1})
