"""What of both sides' reports can be held against one another."""
