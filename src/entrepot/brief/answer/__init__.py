"""The answer of a brief: its question split into tests, each with a direction and how sure it is."""
