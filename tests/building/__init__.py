"""Builds: what one dbt call does to a home, and what it says of it."""
