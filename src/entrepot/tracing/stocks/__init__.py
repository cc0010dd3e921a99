"""What leaves a stock: lots first in first out, pro rata, or in the worst case."""
