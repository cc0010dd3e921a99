"""What stands in a file and is no part of the report: what a page hides or says for its site, quoted mail."""
