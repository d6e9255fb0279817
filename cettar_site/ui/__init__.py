"""The look: the pieces of every page, knowing no room."""
