"""The further tables of the world, each told from the lives that the first tables already show.

A module per table; `standing` knows who can be met when, `feed` what a table with touchpoints is.
Nothing here moves a visit, a mail or a deal: a world with these tables holds the same ones.
"""

from .chunk import Further, further
from .whole import whole_tables

__all__ = ["Further", "further", "whole_tables"]
