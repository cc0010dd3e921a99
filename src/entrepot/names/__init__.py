"""Parties and their names: normalising, transliteration, similarity, retrieval.

The interface other rooms use: `similarity.similarity(a, b, kind)` and `index.Index(names).search(name, least=)`.
Whatever replaces the matcher keeps these two and `score.Similarity`.
"""
