"""Entrepot follows trade around a sanction, with a source for every figure."""

__version__ = "0.1.0"
