"""What the rows of a printed table say of others: the kind of each figure, the section that a row heads."""
