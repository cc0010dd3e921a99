-- At what valuation, and from which sources, did each place count its exports and imports?
-- grain: side, place
WITH counted AS (
  SELECT CASE WHEN flow = 'import' THEN 'import' ELSE 'export' END AS side,
         CASE WHEN flow = 'import' THEN importer ELSE exporter END AS place,
         flow, valuation, source_id
  FROM scanned_flows
  WHERE flow IN ('export', 'import', 'balanced') AND frequency = $frequency
)
SELECT side, place, min(flow) AS counted_as, min(valuation) AS least, max(valuation) AS most,
       list_sort(list(DISTINCT source_id)) AS sources
FROM counted
GROUP BY side, place
ORDER BY side, place
