"""Names within a cell: firms, persons and ships beside an address, a label, a bracket or one another."""
