-- How much of the value between two places is of flows without a weight, where flows are counted by weight?
-- grain: one row
SELECT coalesce(sum(value_usd) FILTER (amount IS NULL), 0) AS unweighed, coalesce(sum(value_usd), 0) AS value_usd,
       count(*) FILTER (amount IS NULL AND value_usd > 0) AS counted
FROM scanned_flows
WHERE flow IN ('export', 'import', 'balanced')
  AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+'
  AND exporter <> importer AND frequency = $frequency
