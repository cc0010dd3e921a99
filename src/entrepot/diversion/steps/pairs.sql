-- Which places trade with one another, in whatever product?
-- `by_exporter`, `by_importer`: whether either of them counted the other at all.
-- grain: exporter, importer
SELECT exporter, importer, count(*) AS counted,
       count(*) FILTER (flow <> 'import') > 0 AS by_exporter,
       count(*) FILTER (flow = 'import') > 0 AS by_importer
FROM scanned_flows
WHERE flow IN ('export', 'import', 'balanced')
  AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+'
  AND exporter <> importer AND frequency = $frequency
GROUP BY exporter, importer
ORDER BY exporter, importer
