"""What only all rows of a table of flows show, held in memory or out of core alike."""
