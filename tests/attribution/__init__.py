"""Attribution: hand-worked paths, known arithmetic, known influence."""
