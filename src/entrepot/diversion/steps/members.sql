-- How much did each place trade on one side, by whoever counted it, in all periods of one length?
-- grain: side, place
SELECT side, place, sum(amount) AS amount
FROM (
  SELECT 'export' AS side, exporter AS place, amount FROM measured_flows
  WHERE frequency = $frequency AND left(product, 1) <> '+' AND left(importer, 1) <> '+' AND flow <> 'import'
  UNION ALL
  SELECT 'import' AS side, importer AS place, amount FROM measured_flows
  WHERE frequency = $frequency AND left(product, 1) <> '+' AND left(exporter, 1) <> '+' AND flow <> 'export'
) AS told
GROUP BY side, place
ORDER BY side, place
