"""Where a complaint belongs, what it is about, and which open ones nearby are like it."""
