"""What to do next about an exposure: which supplies to replace, which documents to ask for, who else may be listed."""
