"""Nulmeting: the yearly baseline of each municipality on each building block."""
