"""From an upload to its printable form: a PDF of A4 pages that shows and does nothing else.

`convert` is the entrance. What reads a file of somebody else runs in a process of its own
(`sandbox`), without network and with limits; those modules know no Django.
"""


class Unprintable(Exception):
    """The reason, as a Dutch sentence, why a file has no printable form."""
