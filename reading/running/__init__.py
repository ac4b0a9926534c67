"""Documents in processes with limits: the line of one, many into the work folder, what came of each."""
