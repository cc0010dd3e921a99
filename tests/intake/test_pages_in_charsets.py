"""Pages under the name of a workbook, in the charset that they declare: read once, with and without --encoding."""

import pytest

from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.parties import read_parties

PAGE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><table>'
    "<tr><th>{name}</th><th>{address}</th></tr><tr><td>{firm}</td><td>{place}</td></tr></table></body></html>"
)
WRITTEN = [
    ("Windows-1252", "cp1252", "Firma", "Straße", "Müller & Söhne GmbH", "Hauptstraße 1"),
    ("windows-1251", "cp1251", "Поставщик", "Адрес", "ООО Ромашка", "Симферополь"),
    ("gb2312", "gb18030", "供应商", "地址", "新疆中泰化学股份有限公司", "阜康"),
    ("utf-8", "utf-8", "Firma", "Straße", "Müller & Söhne GmbH", "Hauptstraße 1"),
]


@pytest.mark.parametrize("is_named", [False, True])
@pytest.mark.parametrize("written", WRITTEN, ids=[w[0] for w in WRITTEN])
def test_a_page_is_read_in_its_charset(tmp_path, written, is_named):
    charset, encoding, name, address, firm, place = written
    path = tmp_path / "list.xls"
    text = PAGE.format(charset=charset, name=name, address=address, firm=firm, place=place)
    path.write_bytes(text.encode(encoding))
    found = list(read_parties(path, given=Given(encoding=encoding if is_named else "")).each())
    assert [(p.name, p.address) for p in found] == [(firm, place)]
