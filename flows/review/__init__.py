"""The review of a root: its doubts, decisions kept as corrections and acknowledgements, papers read again."""
