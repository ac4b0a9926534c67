"""What proves an amount: its figure by sums, its meaning by its row, its column and its unit."""
