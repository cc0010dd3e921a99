"""Many names made ready to be searched: keys, arrays, candidates, the best ones compared."""
