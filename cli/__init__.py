"""The command line: commands, and all that is printed for people and as JSON. Nothing else imports it."""
