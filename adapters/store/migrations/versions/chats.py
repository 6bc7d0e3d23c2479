"""Where chats went that go on under another name, and when a channel last worked."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moved_chat",
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("chat", sa.Text, primary_key=True),
        sa.Column("goes_on", sa.Text, nullable=False),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("heartbeat")
    op.drop_table("moved_chat")
