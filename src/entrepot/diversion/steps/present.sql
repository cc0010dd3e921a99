-- Of which places do the flows of goods have a row with an amount, on either side?
-- grain: place
SELECT DISTINCT place
FROM (
  SELECT unnest([exporter, importer]) AS place
  FROM scanned_flows
  WHERE amount IS NOT NULL AND left(product, 1) <> '+' AND exporter <> importer AND frequency = $frequency
) AS ends
ORDER BY place
