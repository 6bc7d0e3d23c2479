"""Identity: one-time link codes, and what the CRM says of a person's standing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("crm_role", sa.Text))
    op.create_table(
        "link_code",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("used", sa.BigInteger),
    )
    op.create_index("link_code_person", "link_code", ["person", "expires"])


def downgrade() -> None:
    op.drop_table("link_code")
    op.drop_column("person", "crm_role")
