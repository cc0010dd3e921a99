"""What a list says of one of its entries."""
