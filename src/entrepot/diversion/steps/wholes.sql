-- Which groups of countries are counted as one in the flows themselves (their code begins with +), and on which side?
-- grain: side, place
SELECT DISTINCT side, place
FROM (
  SELECT 'export' AS side, exporter AS place FROM measured_flows WHERE left(exporter, 1) = '+' AND frequency = $frequency
  UNION ALL
  SELECT 'import' AS side, importer AS place FROM measured_flows WHERE left(importer, 1) = '+' AND frequency = $frequency
) AS told
ORDER BY side, place
