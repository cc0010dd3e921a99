-- On which reports does each mirrored flow rest?
-- Those that the step `mirror` adds up: of the exporter and of the importer, codes cut to the six digits both share.
-- grain: place, reporter, flow, product, hs_vintage
SELECT m.place, t.*
FROM mirrored AS m
JOIN trade_flows AS t
    ON t.exporter = m.exporter AND t.importer = m.importer AND t.period = m.period
    AND (left(t.product, 6) = m.product OR (m.product = 'TOTAL' AND t.product = '+TOTAL'))
    AND CASE WHEN length(t.product) = 2 THEN 'unknown' ELSE t.hs_vintage END = m.hs_vintage
WHERE (t.flow = 'export' AND t.reporter = t.exporter) OR (t.flow = 'import' AND t.reporter = t.importer)
ORDER BY m.place, t.flow, t.product, t.hs_vintage
