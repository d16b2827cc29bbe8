"""Worlds whose truth is planted, so that what the models say of them can be judged."""
