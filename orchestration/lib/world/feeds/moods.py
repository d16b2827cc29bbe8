"""How content each customer is: the same person scores, rates and writes in the same vein."""

from __future__ import annotations

import numpy as np

from ..arrays import mix

SENTIMENTS = ("negative", "neutral", "positive")


def mood(number: np.ndarray) -> np.ndarray:
    """From 0 (furious) to 1 (delighted) by person number; more are content than not."""
    return (mix(number, salt=75) / 2.0**64) ** 0.6


def likely_to_recommend(mood: np.ndarray) -> np.ndarray:
    """Answers to the NPS question, 0 to 10."""
    return (11 * mood**0.5).astype(int).clip(0, 10)


def stars(mood: np.ndarray) -> np.ndarray:
    """Ratings from 1 to 5."""
    return (1 + 5 * mood**0.9).astype(int).clip(1, 5)


def sentiment(mood: np.ndarray) -> np.ndarray:
    """Positions in SENTIMENTS."""
    return np.where(mood > 0.62, 2, np.where(mood > 0.4, 1, 0))
