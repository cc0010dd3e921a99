"""Container trains by crossing and year: how many, how many containers, and how much of the capacity they take."""
