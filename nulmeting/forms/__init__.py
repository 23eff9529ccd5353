"""Forms of the nulmeting."""
