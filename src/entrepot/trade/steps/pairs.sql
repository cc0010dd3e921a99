-- What did each pair trade, by report and period, in a streamed file? `suspect_values.pairs` says the same of one that is held.
-- grain: reporter, flow, frequency, exporter, importer, period
SELECT reporter, flow, frequency, exporter, importer, period, sum(value_usd) AS value
FROM kept
WHERE value_usd > 0
GROUP BY reporter, flow, frequency, exporter, importer, period
ORDER BY reporter, flow, frequency, exporter, importer, period
