-- What does a table of flows hold, by kind of flow and frequency?
-- Totals (partners or products behind a plus) are counted apart and are not in the sum; NES partners are no totals.
-- grain: flow, frequency
SELECT flow, frequency, count(*) AS rows, count(DISTINCT reporter) AS reporters,
       count(DISTINCT exporter) AS exporters, count(DISTINCT importer) AS importers,
       count(DISTINCT product) AS products, min(period) AS first_period, max(period) AS last_period,
       string_agg(DISTINCT hs_vintage, ', ' ORDER BY hs_vintage) AS vintages,
       round(sum(CASE WHEN total THEN NULL ELSE value_usd END)) AS value_usd,
       count(*) FILTER (WHERE value_usd IS NULL) AS rows_without_value,
       count(*) FILTER (WHERE total) AS totals
FROM (
    SELECT *, starts_with(product, '+') OR list_contains($aggregates, exporter) OR list_contains($aggregates, importer) AS total
    FROM trade_flows
) AS told
GROUP BY flow, frequency
ORDER BY flow, frequency
