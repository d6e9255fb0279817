"""What a kilo costs in East Java, where, since when, and how we know."""
