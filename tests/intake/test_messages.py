"""Messages between systems under the name of a table are refused by what they begin with, never read as parties."""

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.intake.open_table import opened
from entrepot.intake.signs.messages import message_kind
from entrepot.screening.parties.parties import read_parties

MESSAGES = {
    "EDIFACT": "UNA:+.? 'UNB+UNOC:3+ALFA+BETA+270101:0900+7'UNH+1+INVOIC:D:96A:UN'NAD+SE+++GAMMA MILLS'",
    "EDIFACT on lines": "UNB+UNOC:3+ALFA+BETA+270101:0900+7'\nUNH+1+INVOIC:D:96A:UN'\nNAD+SE+++GAMMA MILLS'\n",
    "X12": "ISA|00|          |00|          |ZZ|ALFA           |ZZ|BETA           |270101|0900|\nN1|SH|GAMMA MILLS\n",
    "TRADACOMS": "STX=ANA:1+5000000000000:ALFA+5000000000001:BETA+270101:090000+7'",
    "IDoc": "EDI_DC40  1000000000000047112\nE2EDKA1003   GAMMA MILLS\n",
    "XML": '<?xml version="1.0"?>\n<Order><Seller>Gamma Mills</Seller></Order>\n',
    "XML without a head": "<Order>\n  <Seller>Gamma Mills</Seller>\n</Order>\n",
}
TABLES = {
    "letters of a message": "UNA,Supplier\nISA 7,Gamma Mills\n",
    "a country called so": "GS,Supplier,Country\n1,Gamma Mills,GS\n",
    "headings in brackets": "<Supplier>,<Country>\nGamma Mills,Malta\n",
    "a smaller sign": "<5 t,Supplier\nyes,Gamma Mills\n",
}


@pytest.mark.parametrize("name", ["orders.csv", "orders.txt", "orders.edi"])
@pytest.mark.parametrize("kind", MESSAGES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_message_is_refused_with_what_it_is_and_what_to_do(kind, name, encoding, tmp_path):
    (tmp_path / name).write_text(MESSAGES[kind], encoding)
    with pytest.raises(UnreadableFileError, match=kind.split()[0]) as refused:
        read_parties(tmp_path / name)
    assert "CSV or XLSX" in str(refused.value)


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_that_begins_alike_stays_one(kind, tmp_path):
    assert not message_kind(TABLES[kind].encode())
    (tmp_path / "list.csv").write_text(TABLES[kind], "utf-8")
    assert any("Gamma Mills" in row for row in opened(tmp_path / "list.csv").rows())
