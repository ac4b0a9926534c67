"""The page of a paper: its amounts, its tables as printed, its sums, and what is in doubt."""
