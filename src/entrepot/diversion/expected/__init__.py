"""What was to be expected of a flow, and how far nothing wanders."""
