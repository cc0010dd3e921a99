"""The mathematics: shares of inputs as intervals, and the bounds of what they carry."""
