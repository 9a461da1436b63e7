"""The commands: everything the windows do, without one. Each gives one result for scripts and sentences for people."""
