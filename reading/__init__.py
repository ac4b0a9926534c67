"""The line that one document goes down: from a file to its reading, in a process with limits."""
