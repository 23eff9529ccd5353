"""One function per act with the money of a fund."""
