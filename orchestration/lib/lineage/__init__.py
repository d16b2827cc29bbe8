"""Where a column's values come from: through the compiled SQL down to raw columns and rule rows."""

from orchestration.lib.lineage.project import Lineage, read_lineage
from orchestration.lib.lineage.reading import Origin
from orchestration.lib.lineage.tracing import Step, leaves, trace

__all__ = ["Lineage", "Origin", "Step", "leaves", "read_lineage", "trace"]
