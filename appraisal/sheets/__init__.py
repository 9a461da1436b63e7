"""Sheets that centres exchange: the bytes of a workbook or a CSV file in, checked rows out."""
