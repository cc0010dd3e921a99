"""Two names compared: their words aligned, features measured, points added up."""
