"""The tables of the bench, in Markdown."""

from __future__ import annotations

from tests.bench.processes import Step


def steps_table(steps: list[Step], start_up: list[Step]) -> str:
    """One line per step: ratio to the bare work, share of the full run, memory, seconds.

    `start_up` holds the same steps on a world of a few accounts; what a step takes beyond that is
    told as a share of the full run.
    """
    bare, full = steps[0], steps[1]
    lines = [
        "| step | x bare | of full | beyond start-up, of full | peak MB | seconds | CPU seconds |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {step.name} | {step.seconds / bare.seconds:.1f} | {step.seconds / full.seconds:.0%} "
        f"| {max(step.seconds - small.seconds, 0) / full.seconds:.0%} "
        f"| {step.peak_mb:,} | {step.seconds:.1f} | {step.cpu_seconds:.1f} |"
        for step, small in zip(steps, start_up, strict=True)
    ]
    return "\n".join(lines)


def layers_table(steps: list[Step]) -> str:
    """Seconds of work per layer of the steps that build."""
    built = [step for step in steps if step.said.get("layers")]
    lines = [
        "| layer | " + " | ".join(step.name for step in built) + " |",
        "|---|" + "---:|" * len(built),
    ]
    for layer in built[0].said["layers"]:
        cells = " | ".join(f"{step.said['layers'].get(layer, 0):.1f}" for step in built)
        lines.append(f"| {layer} | {cells} |")
    return "\n".join(lines)
