"""What the site weighs and how fast it is: measured and printed beside its aim, never asserted."""
