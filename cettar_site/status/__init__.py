"""The room that tells anyone what runs, what ran and what is late."""
