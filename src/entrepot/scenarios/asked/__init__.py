"""What is asked: scenario files, presets, and the change to a world that they mean."""
