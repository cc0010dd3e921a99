"""The compiled core: what is asked of millions of pairs of names, in C, with Python that says the same beside it."""
