"""Officials sign in, read what waits for them and answer."""
