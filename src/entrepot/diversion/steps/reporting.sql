-- With how many partners did each place count a product in each period, on either side?
-- Of the products of `chosen` alone; $first and $last bound them, so that a file sorted by product is read in part.
-- grain: side, place, product, period
WITH counted AS (
  SELECT CASE WHEN flow = 'import' THEN 'import' ELSE 'export' END AS side,
         CASE WHEN flow = 'import' THEN importer ELSE exporter END AS place,
         product, period, amount
  FROM scanned_flows
  WHERE flow IN ('export', 'import', 'balanced')
    AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+'
    AND exporter <> importer AND frequency = $frequency
    AND product BETWEEN $first AND $last AND product IN (SELECT product FROM chosen)
)
SELECT side, place, product, period, count(amount) AS partners
FROM counted
GROUP BY side, place, product, period
ORDER BY side, place, product, period
