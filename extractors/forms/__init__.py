"""A table to the form it is: title, headings, unit, department."""
