"""Routes over the network: the best, the others, what each hangs on; and sums of links against what is printed."""
