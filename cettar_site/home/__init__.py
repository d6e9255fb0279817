"""The front page: three questions and their answers of today."""
