"""A citizen files a complaint and follows it."""
