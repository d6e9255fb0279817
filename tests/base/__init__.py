"""The plain tools, tested."""
