"""Tables as files: rows, batches, Parquet, CSV, pieces by year, and how they are read back."""
