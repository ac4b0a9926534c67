"""What the ledger is asked: what is due, what a release holds, what a night brought."""
