"""What appraisal means: rules, formats and documents. No Qt, no SQL, no clock of its own."""
