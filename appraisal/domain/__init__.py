"""Values, rules and events: one noun a file. Plain Python."""
