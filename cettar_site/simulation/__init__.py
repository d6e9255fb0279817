"""The demo's invented citizens, officers and markets: seeded, and never in a real database."""
