"""CETTAR, the public transparency site of East Java."""
