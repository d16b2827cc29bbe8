-- files of which a sum of rows does not hold, or a count is negative (law 1)
-- do: look at the file in rpt_row_reconciliation: the sum that does not hold names the step that
-- lost or doubled rows
select source_system, source_table, batch_id, source_file
from {{ ref('rpt_row_reconciliation') }}
where rows_in <> rows_loaded + rows_duplicate + rows_quarantined + rows_erased
    or rows_loaded <> rows_of_no_kind + rows_not_yet + rows_superseded + rows_latest
    or rows_latest <> rows_in_touchpoints + rows_without_session
    + rows_as_fact + rows_as_measure + rows_as_attribute + rows_set_aside
    or least(
        rows_in, rows_loaded, rows_duplicate, rows_quarantined, rows_erased, rows_of_no_kind,
        rows_not_yet, rows_superseded, rows_latest, rows_in_touchpoints, rows_without_session,
        rows_as_fact, rows_as_measure, rows_as_attribute, rows_set_aside
    ) < 0
