"""One page as it was fetched: its text, its links and where they stand, its date, what its titles say."""
