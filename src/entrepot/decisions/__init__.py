"""What people decided on cases, in a ledger from which nothing is lost or changed unseen."""
