"""A form to line items in yuan."""
