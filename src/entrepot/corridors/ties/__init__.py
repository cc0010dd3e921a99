"""What ties the quantities of one place: imports and exports are both ways, and dollars at a rate are yuan."""
