"""Rows into lists and pages."""
