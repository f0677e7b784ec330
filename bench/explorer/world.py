"""The generated world that the explorer is measured and tested on."""

from bench.generated.rows import Sizes
from bench.generated.sample_text import STATES

SIZES = Sizes(actors=2_000, sources=2_000, supports=50_000, statements=100_000, placed=len(STATES))
