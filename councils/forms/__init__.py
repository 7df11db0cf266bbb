"""What people ask and fill in about councils."""
