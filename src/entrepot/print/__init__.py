"""Documents as pages and as PDF: one door for every room that prints."""
