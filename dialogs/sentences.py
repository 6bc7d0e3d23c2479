"""What somebody typed, put between sentences of ours."""


def sentence(text: str) -> str:
    """End it, where another sentence follows."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
