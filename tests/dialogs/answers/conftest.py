"""Lets an example take its time: babel loads a language's data on first use."""

from hypothesis import settings

settings.register_profile("answers", deadline=None)
settings.load_profile("answers")
