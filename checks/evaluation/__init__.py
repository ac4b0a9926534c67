"""What must add up, evaluated: the structure of rows and columns, and the identities of the catalogue → verdicts."""
