"""The demonstration centre: invented people, a public passphrase, a clock that can be moved on, an association."""
