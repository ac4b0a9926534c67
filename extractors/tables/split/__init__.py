"""Tables split by columns: pages that belong side by side, and tables that print more columns of the same rows."""
