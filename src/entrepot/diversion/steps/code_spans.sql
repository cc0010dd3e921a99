-- From when to when did each place count the codes of `changed` at all, on either side?
-- grain: side, place, product
SELECT CASE WHEN flow = 'import' THEN 'import' ELSE 'export' END AS side,
       CASE WHEN flow = 'import' THEN importer ELSE exporter END AS place,
       product, min(period) AS first, max(period) AS last
FROM scanned_flows
WHERE flow IN ('export', 'import', 'balanced')
  AND left(exporter, 1) <> '+' AND left(importer, 1) <> '+'
  AND exporter <> importer AND frequency = $frequency AND amount > 0
  AND product IN (SELECT product FROM changed)
GROUP BY side, place, product
ORDER BY side, place, product
