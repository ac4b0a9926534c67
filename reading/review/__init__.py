"""What a reviewer sends on: the sheet filled in, and the evidence of one fault, both with cuts of the pages."""
