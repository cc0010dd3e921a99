"""The keys of listed names: worked out for all of them at once, held as arrays, met by the keys of a query."""
