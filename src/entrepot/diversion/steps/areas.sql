-- What went from the origin to partners that are no countries (codes behind a plus), or from them to the destination?
-- They are no hubs of a scan: groups hold other partners, and areas without a code are looked at by nobody.
-- grain: area, product
WITH sold AS (
  SELECT importer AS area, product, amount
  FROM scanned_flows
  WHERE exporter = $origin AND left(importer, 1) = '+' AND left(product, 1) <> '+'
    AND flow IN ('export', 'balanced') AND frequency = $frequency
  UNION ALL
  SELECT exporter AS area, product, amount
  FROM scanned_flows
  WHERE importer = $destination AND left(exporter, 1) = '+' AND left(product, 1) <> '+'
    AND flow IN ('export', 'import', 'balanced') AND frequency = $frequency
)
SELECT area, product, count(*) AS counted, sum(amount) AS amount
FROM sold
GROUP BY area, product
ORDER BY area, product
