"""What a person asks for, one verb each, put together from the rooms above."""
