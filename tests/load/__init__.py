"""The closing night of a nulmeting: many municipalities fill in at once. See `bin/load`."""
