"""Duties of diligence: with which companies they are, read from the files of the measures, and which a company has."""
