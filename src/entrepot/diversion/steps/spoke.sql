-- In which periods did each place count anything at all, on either side?
-- grain: side, place, period
WITH counted AS (
  SELECT CASE WHEN flow = 'import' THEN 'import' ELSE 'export' END AS side,
         CASE WHEN flow = 'import' THEN importer ELSE exporter END AS place,
         period, amount
  FROM scanned_flows
  WHERE flow IN ('export', 'import', 'balanced')
    AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+' AND left(product, 1) <> '+'
    AND exporter <> importer AND frequency = $frequency
)
SELECT side, place, period, count(amount) AS valued
FROM counted
GROUP BY side, place, period
ORDER BY side, place, period
