"""All hostile requests, one for each way to be expensive."""

from tests.hostile.bodies import BODIES
from tests.hostile.files import FILES
from tests.hostile.records import RECORDS
from tests.hostile.shapes import SHAPES
from tests.hostile.values import VALUES
from tests.hostile.writes import WRITES

COLLECTION = (*SHAPES, *VALUES, *RECORDS, *FILES, *WRITES, *BODIES)
