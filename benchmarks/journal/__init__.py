"""How fast a journal takes entries in, beside the database alone."""
