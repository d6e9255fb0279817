"""The look, tested."""
