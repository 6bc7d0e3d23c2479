"""Replicas: which programs are at work, and which of them leased an intent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Also for a program of the release before, which knows neither: both have their defaults."""
    held = sa.Column("holder", sa.BigInteger, nullable=False, server_default=sa.text("0"))
    op.add_column("intent", held)
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "replica",
        sa.Column("seq", kind, sa.Identity(), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("beat", sa.BigInteger, nullable=False, server_default=sa.text("0")),
        sa.UniqueConstraint("name", name="replica_name"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("replica")
    op.drop_column("intent", "holder")
