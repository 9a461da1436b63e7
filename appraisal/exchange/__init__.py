"""The bundle, its receipt and the enrolment, as bytes (docs/formats/bundle.md). No files, no database."""
