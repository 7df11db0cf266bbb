"""A plan as a table, out and in, and as linked data: its columns, what others call them, what a table would change."""
