"""Which crossings are near their capacity: what passes against what can, with the age of both."""
