"""What people fill in about work locations."""
