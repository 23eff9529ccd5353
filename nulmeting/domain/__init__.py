"""One function per act of the nulmeting."""
