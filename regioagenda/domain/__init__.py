"""One function per act."""
