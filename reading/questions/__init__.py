"""What is asked of readings and datasets: verdicts anew, and wordings that nobody has taught yet."""
