"""Participatie: what young people and parents say, and the answer they get."""
