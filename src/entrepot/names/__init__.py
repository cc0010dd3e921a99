"""Parties and their names: normalising, transliteration, similarity, retrieval.

Other rooms use `names.similarity.similarity(a, b, kind)` and `names.index.Index(names).search(name, least=)`.
Whatever replaces the matcher keeps these two and `names.score.Similarity`.
"""
