"""The measures of a journey picture, in pixels of its own grid."""

from __future__ import annotations

WIDTH, LEFT, RIGHT = 1280.0, 214.0, 132.0
# from the top: the pulse of acts per week, the names of stages and outcomes, then the lanes
PULSE, OUTCOMES, TOP, LANE = 54.0, 106.0, 136.0, 40.0
