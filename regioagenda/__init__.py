"""Regioagenda: the building blocks of the regional vision, later its goals and actions."""
