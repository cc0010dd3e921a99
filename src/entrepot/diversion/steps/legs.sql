-- What went from each exporter to each importer, by product and period, as either side counted it?
-- Aggregates (codes that begin with +) are no partners; re-exports are part of exports and are not added to them.
-- What a kilogram is worth is told beside amounts of value alone: a scan by weight stands beside one of them.
-- Of the products of `chosen` alone; $first and $last bound them, so that a file sorted by product is read in part.
-- grain: product, exporter, importer, period
SELECT product, exporter, importer, period,
       sum(CASE WHEN flow IN ('export', 'balanced') THEN amount END) AS out_amount,
       sum(CASE WHEN flow = 'import' THEN amount END) AS in_amount,
       sum(CASE WHEN flow IN ('export', 'balanced') AND amount IS NULL THEN 1 ELSE 0 END) AS out_blank,
       sum(CASE WHEN flow = 'import' AND amount IS NULL THEN 1 ELSE 0 END) AS in_blank,
       sum(CASE WHEN flow IN ('export', 'balanced') AND unit = 'USD' AND net_kg > 0 THEN value_usd END) AS weighed_usd,
       sum(CASE WHEN flow IN ('export', 'balanced') AND unit = 'USD' AND value_usd > 0 THEN net_kg END) AS weighed_kg
FROM scanned_flows
WHERE flow IN ('export', 'import', 'balanced')
  AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+'
  AND exporter <> importer AND frequency = $frequency
  AND product BETWEEN $first AND $last AND product IN (SELECT product FROM chosen)
GROUP BY product, exporter, importer, period
ORDER BY product, exporter, importer, period
