"""Files as they came: their kind, their true name, whether they are complete, and the papers within an archive."""
