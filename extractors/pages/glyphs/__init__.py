"""What a font draws for the digits that it tells."""
