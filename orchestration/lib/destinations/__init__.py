"""Destinations: the tools segments are told to, each behind the same contract."""
