"""What failing checks come down to: a misreading that the second reader mends, or a figure that was printed wrong."""
