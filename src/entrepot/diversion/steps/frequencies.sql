-- How many rows does each length of period have, how many of them with an amount, and what are they counted in?
-- grain: frequency, unit
SELECT frequency, unit, count(*) AS counted, count(amount) AS valued
FROM measured_flows
GROUP BY frequency, unit
ORDER BY frequency, unit
