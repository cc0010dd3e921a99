"""Goods of many owners over shared capacities: who goes where at least cost, and what each crossing is worth."""
