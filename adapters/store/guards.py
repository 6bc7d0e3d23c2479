"""What the database itself refuses, whoever asks: to change or shorten the audit trail.

Migrations name these texts: a guard that is to change gets a new name, and the old one stays.
"""

from sqlalchemy import DDL, MetaData, event

REFUSED = "the audit trail only grows"
SQLITE = (
    (
        "CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    (
        "CREATE TRIGGER audit_undeleted BEFORE DELETE ON audit"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    (
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head WHEN NEW.seq <= OLD.seq"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
    (
        "CREATE TRIGGER audit_head_undeleted BEFORE DELETE ON audit_head"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    ),
)
POSTGRESQL = (
    (
        "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
    ),
    (
        "CREATE TRIGGER audit_unchanged BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_only_grows()"
    ),
    (
        "CREATE TRIGGER audit_untruncated BEFORE TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
    ),
    (
        "CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head"
        " FOR EACH ROW WHEN (NEW.seq <= OLD.seq) EXECUTE FUNCTION audit_only_grows()"
    ),
    (
        "CREATE TRIGGER audit_head_undeleted BEFORE DELETE ON audit_head"
        " FOR EACH ROW EXECUTE FUNCTION audit_only_grows()"
    ),
    (
        "CREATE TRIGGER audit_head_untruncated BEFORE TRUNCATE ON audit_head"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
    ),
)
BY_DIALECT = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def guarded(metadata: MetaData) -> None:
    """Let tables that are made from the metadata have the guards too."""
    for dialect, texts in BY_DIALECT.items():
        for one in texts:
            ddl = DDL(one)  # type: ignore[no-untyped-call] # SQLAlchemy's
            made = ddl.execute_if(dialect=dialect)
            event.listen(metadata, "after_create", made)
