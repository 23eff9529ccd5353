"""Reading proposals from Word and text files. Pure: it knows no request and saves nothing."""

from governance.importing.reading import read_proposal
from governance.importing.result import ImportedProposal

__all__ = ["ImportedProposal", "read_proposal"]
