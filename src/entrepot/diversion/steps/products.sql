-- How many rows does each product have?
-- grain: product
SELECT product, count(*) AS counted
FROM scanned_flows
WHERE flow IN ('export', 'import', 'balanced')
  AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+'
  AND exporter <> importer AND frequency = $frequency
GROUP BY product
ORDER BY product
