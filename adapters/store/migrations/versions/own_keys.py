"""People's own keys for the CRM, and the one-time addresses at which they give them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_key",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("ends", sa.BigInteger),
        sa.Column("denied", sa.BigInteger, nullable=False, server_default=sa.text("0")),
    )
    op.create_table(
        "ticket",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("ends", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.BigInteger, nullable=False, server_default=sa.text("0")),
    )


def downgrade() -> None:
    """Remove both; people's entries are then made by the service account."""
    op.drop_table("ticket")
    op.drop_table("own_key")
