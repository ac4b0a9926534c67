"""Pages to tables of cells, stitched over pages; knows nothing of budgets."""
