"""The demo: two regions with their history and a cycle of today, walked through the domain."""
