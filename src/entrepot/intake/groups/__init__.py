"""Reports grouped by whom they are of: rows that head others, several kinds of rows in one column."""
