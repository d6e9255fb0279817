"""A real browser against a real site: with scripts and without, on a phone and on a desk."""
