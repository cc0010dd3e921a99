"""What `scripts/same_answers.py` is made of: inputs, scenes of commands, running them, comparing what they leave."""
