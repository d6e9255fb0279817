"""Plain tools without any knowledge of rooms: errors, columns, working time, money and words."""
