"""The whole site killed in the middle of complaints: what was acknowledged must be there."""
