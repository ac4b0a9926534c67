"""Papers that are damaged on purpose, and what reading them comes to: `python -m benchmarks.mutants`."""
