"""The database's history, one numbered step a file."""
