"""Real reports held against the record: labels, scores, failures by class, and a baseline without grammar."""
