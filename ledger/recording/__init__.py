"""What is written down: crawl events, runs of stages, and where documents stand."""
