"""Tests of the complaints room."""
