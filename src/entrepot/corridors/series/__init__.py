"""From observations to series: what was reported of one quantity, month by month, with an interval."""
