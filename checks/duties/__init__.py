"""Whether a paper has what it must have: the catalogue of duties (`schemas/duties`) → a verdict on each."""
