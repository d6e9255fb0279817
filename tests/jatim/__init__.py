"""Tests of the tables of East Java."""
