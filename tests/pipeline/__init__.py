"""Deals: what is known of them and when, what will close."""
