"""What is kept: the journal, what it projects into, and how it is read. SQLite, SQLCipher, PostgreSQL."""
