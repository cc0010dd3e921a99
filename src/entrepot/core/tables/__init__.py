"""What the contracts of tables stand on: the types of columns and the reader of the tables in the package."""
