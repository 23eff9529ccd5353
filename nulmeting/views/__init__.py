"""Pages of the nulmeting."""
