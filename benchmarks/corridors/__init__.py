"""What the series of the corridors are held to: left-out prints, simpler methods, invented truths."""
