"""Pages about people and roles."""
