"""The option `--rewrite-transcripts`; tests/conftest.py loads it."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-transcripts",
        action="store_true",
        help="write the golden conversations anew from the engine; the diff is the review",
    )
