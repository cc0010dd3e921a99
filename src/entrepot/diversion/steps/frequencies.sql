-- How many rows does each length of period have, and what are they counted in?
-- grain: frequency, unit
SELECT frequency, unit, count(*) AS counted
FROM measured_flows
GROUP BY frequency, unit
ORDER BY frequency, unit
