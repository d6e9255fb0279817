"""The public audit: how fast each agency answers."""
