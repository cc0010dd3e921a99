"""What a scenario does: figures of economies and sectors, and the answers to what is asked of a measure."""
