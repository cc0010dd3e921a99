-- Which reports have no mirror because the other side reports that period in other editions of the HS?
-- Chapters are the same in every edition, and are no mirror of codes. Totals and groups are left out, as by `mirror`.
-- grain: reporter, edition, other_edition
WITH own AS (
    SELECT reporter, period, flow, value_usd,
           CASE WHEN flow = 'export' THEN importer ELSE exporter END AS partner,
           CASE WHEN length(product) = 2 THEN 'chapter' ELSE hs_vintage END AS edition
    FROM trade_flows
    WHERE ((flow = 'export' AND reporter = exporter) OR (flow = 'import' AND reporter = importer))
      AND left(product, 1) <> '+' AND exporter <> importer AND value_usd > 0
),
reports AS (
    SELECT DISTINCT reporter, CASE WHEN flow = 'export' THEN 'import' ELSE 'export' END AS seen_as, period, edition
    FROM own
),
unlike AS (
    SELECT o.*
    FROM own AS o
    ANTI JOIN reports AS r
        ON r.reporter = o.partner AND r.seen_as = o.flow AND r.period = o.period AND r.edition = o.edition
),
-- A value is counted once, under the newest edition of the other side.
newest AS (
    SELECT reporter, seen_as, period, max(edition) AS other_edition
    FROM reports
    GROUP BY reporter, seen_as, period
)
SELECT u.reporter, u.edition, n.other_edition, count(*) AS reports, sum(u.value_usd) AS value_usd
FROM unlike AS u
JOIN newest AS n ON n.reporter = u.partner AND n.seen_as = u.flow AND n.period = u.period
GROUP BY u.reporter, u.edition, n.other_edition
ORDER BY u.reporter, u.edition, n.other_edition
