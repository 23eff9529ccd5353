"""Reports of a round as documents: of a region and of a municipality."""
