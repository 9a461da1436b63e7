"""One verb a file: a command, and one function that does it in one unit of work."""
