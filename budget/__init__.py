"""Budget: the transformation fund, to the euro."""
