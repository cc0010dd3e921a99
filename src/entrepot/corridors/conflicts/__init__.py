"""Reports that cannot all be right, found and ranked, never resolved."""
