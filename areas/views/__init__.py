"""Pages and answers about areas."""
