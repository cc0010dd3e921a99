-- What does a table of flows hold, by kind of flow and frequency?
-- Totals (partners or products behind a plus) are counted apart and are not in the sum; NES partners are no totals.
-- One total that all rows have in common has no parts beside it: exports of the EU27 of all goods are a sum of partners.
-- grain: flow, frequency
WITH alone AS (
    SELECT flow, frequency, min(product) = max(product) AS one_product,
           min(exporter) = max(exporter) AS one_exporter, min(importer) = max(importer) AS one_importer
    FROM trade_flows
    GROUP BY flow, frequency
), told AS (
    SELECT trade_flows.*,
           (starts_with(product, '+') AND NOT one_product)
           OR (list_contains($aggregates, exporter) AND NOT one_exporter)
           OR (list_contains($aggregates, importer) AND NOT one_importer) AS in_parts,
           starts_with(product, '+') OR list_contains($aggregates, exporter) OR list_contains($aggregates, importer)
           AS total
    FROM trade_flows
    JOIN alone USING (flow, frequency)
)
SELECT flow, frequency, count(*) AS rows, count(DISTINCT reporter) AS reporters,
       count(DISTINCT exporter) AS exporters, count(DISTINCT importer) AS importers,
       count(DISTINCT product) AS products, min(period) AS first_period, max(period) AS last_period,
       string_agg(DISTINCT hs_vintage, ', ' ORDER BY hs_vintage) AS vintages,
       round(sum(CASE WHEN in_parts THEN NULL ELSE value_usd END)) AS value_usd,
       count(*) FILTER (WHERE value_usd IS NULL) AS rows_without_value,
       count(*) FILTER (WHERE total) AS totals
FROM told
GROUP BY flow, frequency
ORDER BY flow, frequency
