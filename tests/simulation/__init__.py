"""Tests of the demo's simulation."""
