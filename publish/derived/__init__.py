"""Tables that are computed from a release's own: changes, coverage, departments, wide tables."""
