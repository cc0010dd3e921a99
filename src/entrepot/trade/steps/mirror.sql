-- What do the exporter and the importer each report of the same flow?
-- Only periods in which both report at all in that edition of the HS, or by chapter: a side without a figure then
-- reported none of it, and is empty. Of another edition nothing is known to be the same goods (`unlike_editions`).
-- Codes are cut to the six digits that both share; chapters are the same in every edition of the HS.
-- What a total of fewer digits does not tell apart is compared with nothing: the other side may tell other parts of it.
-- Where the table has no product but the total of all goods, that is compared; a group stands as one where it reports.
-- grain: exporter, importer, product, hs_vintage, period
WITH countries AS (
    SELECT reporter, exporter, importer, flow, left(ltrim(product, '+'), 6) AS product, period, value_usd,
           CASE WHEN length(product) = 2 THEN 'unknown' ELSE hs_vintage END AS hs_vintage
    FROM trade_flows
    WHERE (left(product, 1) <> '+' OR (product = '+TOTAL' AND NOT EXISTS (SELECT 1 FROM trade_flows WHERE left(product, 1) <> '+')))
      AND (left(exporter, 1) <> '+' OR exporter IN (SELECT reporter FROM trade_flows))
      AND (left(importer, 1) <> '+' OR importer IN (SELECT reporter FROM trade_flows))
      AND NOT (right(product, 1) = '~' AND length(product) <= 6)
      AND exporter <> importer
),
reports AS (
    SELECT DISTINCT reporter, flow, period, CASE WHEN length(product) = 2 THEN 'chapter' ELSE hs_vintage END AS edition
    FROM trade_flows
),
exports AS (
    SELECT exporter, importer, product, hs_vintage, period,
           CASE WHEN count(*) = count(value_usd) THEN sum(value_usd) END AS export_usd
    FROM countries
    WHERE flow = 'export' AND reporter = exporter
    GROUP BY exporter, importer, product, hs_vintage, period
),
imports AS (
    SELECT exporter, importer, product, hs_vintage, period,
           CASE WHEN count(*) = count(value_usd) THEN sum(value_usd) END AS import_usd
    FROM countries
    WHERE flow = 'import' AND reporter = importer
    GROUP BY exporter, importer, product, hs_vintage, period
)
SELECT m.exporter, m.importer, m.product, m.hs_vintage, m.period, m.export_usd, m.import_usd
FROM (
    SELECT *, CASE WHEN length(product) = 2 THEN 'chapter' ELSE hs_vintage END AS edition
    FROM exports FULL JOIN imports USING (exporter, importer, product, hs_vintage, period)
) AS m
JOIN reports AS e ON e.reporter = m.exporter AND e.flow = 'export' AND e.period = m.period AND e.edition = m.edition
JOIN reports AS i ON i.reporter = m.importer AND i.flow = 'import' AND i.period = m.period AND i.edition = m.edition
WHERE coalesce(m.export_usd, 0) > 0 OR coalesce(m.import_usd, 0) > 0
ORDER BY m.exporter, m.importer, m.product, m.hs_vintage, m.period
