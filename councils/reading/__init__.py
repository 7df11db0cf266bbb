"""What pages of councils show, read and put into words."""
