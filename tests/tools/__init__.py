"""Tools that the tests need before they can run."""
