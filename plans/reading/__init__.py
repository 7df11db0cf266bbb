"""What the pages of plans show: everything of a plan in a fixed number of queries, told in rows of `plans.shown`."""
