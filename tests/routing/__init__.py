"""The sorting of complaints, tested."""
