"""What is printed, a module for each thing: tables and notes for people, JSON for other programs."""
