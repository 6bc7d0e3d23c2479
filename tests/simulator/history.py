"""What happened in a seed, in order; two runs are the same run when their digests are."""

from hashlib import blake2b


class History:
    """Lines of virtual milliseconds, who, and what."""

    def __init__(self, loop):
        self._loop = loop
        self.lines = []

    def note(self, who, *what):
        self.lines.append((round(self._loop.at * 1000), who, what))

    @property
    def digest(self):
        return blake2b(repr(self.lines).encode(), digest_size=16).hexdigest()

    def text(self, about=""):
        """The lines as a person reads them; of those that name something, if so asked."""
        lines = (
            f"{at:>9} ms  {who:<10} {' '.join(map(str, what))}" for at, who, what in self.lines
        )
        return "\n".join(line for line in lines if about in line)
