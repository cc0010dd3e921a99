"""A row below a list that says how many suppliers it has is no party, in whatever language it says so."""

import csv

import pytest

from entrepot.screening.parties.parties import read_parties

FIRMS = [["F1", "Tarbagan Works", "Zelmira"], ["F2", "Brodanka LLP", "Almaty"]]


def names(folder, head, *rows):
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *FIRMS, *rows])
    return [p.name for p in read_parties(path).each()]


@pytest.mark.parametrize(
    "said",
    [
        *("Nombre de fournisseurs", "Anzahl der Lieferanten", "Número de proveedores", "Numero di fornitori"),
        *("Количество поставщиков", "Número de fornecedores", "Tedarikçi sayısı", "Liczba dostawców", "供应商数量"),
        *("Aantal leveranciers", "Number of suppliers", "Всего поставщиков", "Vendor count", "Anzahl Datensätze"),
    ],
)
def test_a_count_of_suppliers_is_no_party(said, tmp_path):
    firms = [name for _, name, _ in FIRMS]
    assert names(tmp_path, ["Supplier No", "Supplier", "City"], [said, "2", ""]) == firms
    assert names(tmp_path, ["Code fournisseur", "Raison sociale", "Ville"], [said, "2"]) == firms
    assert names(tmp_path, ["Supplier No", "Supplier", "City"], ["", f"{said}: 7", ""]) == firms
    assert names(tmp_path, ["Supplier No", "Supplier", "City"], ["7", said, ""]) == firms


@pytest.mark.parametrize(
    "name", ["Number One Supplies", "Numero Uno Fornitori", "Count Basie Ltd", "Antal AB", "Sayısı Tekstil", "Broj 1"]
)
def test_a_firm_whose_name_has_such_a_word_is_a_party(name, tmp_path):
    assert names(tmp_path, ["Supplier No", "Supplier", "City"], ["F3", name, ""])[2:] == [name]


def test_what_has_an_address_is_no_count(tmp_path):
    row = ["F3", "Number of suppliers", "Zelmira"]
    assert names(tmp_path, ["Supplier No", "Supplier", "City"], row)[2:] == ["Number of suppliers"]
