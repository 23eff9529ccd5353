"""The pages of a fund."""
