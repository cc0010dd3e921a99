"""Parties and their names: normalising, transliteration, similarity, retrieval.

<<<<<<< HEAD
The interface other rooms use: `similarity.similarity(a, b, kind)` and `index.Index(names).search(name, least=)`.
Whatever replaces the matcher keeps these two and `score.Similarity`.
=======
Other rooms use `names.similarity.similarity(a, b, kind)` and `names.index.Index(names).search(name, least=)`.
Whatever replaces the matcher keeps these two and `names.score.Similarity`.
>>>>>>> screening
"""
