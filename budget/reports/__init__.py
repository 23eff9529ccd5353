"""The report of a fund as PDF."""
