"""${message}

Revision: ${up_revision}
After: ${down_revision | comma,n}
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision: str = ${repr(up_revision)}
down_revision: str | None = ${repr(down_revision)}
branch_labels: Sequence[str] | None = ${repr(branch_labels)}
depends_on: Sequence[str] | None = ${repr(depends_on)}


def upgrade() -> None:
    """Brings the database to this revision."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Brings it back to the one before."""
    ${downgrades if downgrades else "pass"}
