"""Lists of parties: publishers' formats, loaded versions, and the listings in force on a day."""
