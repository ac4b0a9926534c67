"""What makes a release open anywhere: a DuckDB database, a workbook, look-up tables, a README, sums of all files."""
