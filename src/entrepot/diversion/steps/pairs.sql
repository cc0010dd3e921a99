-- Which places trade with one another, in whatever product?
-- grain: exporter, importer
SELECT exporter, importer, count(*) AS counted
FROM scanned_flows
WHERE flow IN ('export', 'import', 'balanced')
  AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+'
  AND exporter <> importer AND frequency = $frequency
GROUP BY exporter, importer
ORDER BY exporter, importer
