"""Places, goods (HS), countries and currencies: data files and look-ups."""
