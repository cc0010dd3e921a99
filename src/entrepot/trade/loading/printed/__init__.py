"""What publishers print, as ours: numbers, periods, codes of goods, units, the layout of a sheet."""
