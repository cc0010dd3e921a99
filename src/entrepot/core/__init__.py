"""Tables, contracts, periods, units, absence, errors, engines, the store: no word of the domain."""
