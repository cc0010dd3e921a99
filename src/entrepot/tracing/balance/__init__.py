"""What documents say of quantities, held against each other: mass balance, lots, payments, contradictions."""
