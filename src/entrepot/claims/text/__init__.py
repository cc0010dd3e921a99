"""The text of a report: its day, its language, its sentences, and the words of the lists found in it."""
