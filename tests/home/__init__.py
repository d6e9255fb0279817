"""The home room's tests."""
