"""Sources that have real cells (workbooks, Word, web pages) as tables and lines; nothing is rendered in between."""
