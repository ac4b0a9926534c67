"""Writes the dataset: tables as Parquet and CSV, and immutable releases of them."""
