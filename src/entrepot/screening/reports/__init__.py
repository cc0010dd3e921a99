"""A screening as a document: the clearance record, the answer in yente's form."""
