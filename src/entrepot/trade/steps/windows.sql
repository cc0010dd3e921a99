-- What went to each partner in the same quarters of each year, by product?
-- A year stands only with its quarters of the window; months_reported says how much of it was reported. A quarter without
-- a capacity leaves the window without one.
-- grain: product, partner_iso3, year
SELECT product, partner_iso3, min(partner) AS partner, CAST(left(period, 4) AS INTEGER) AS year,
       CASE WHEN count(capacity_mw) = count(*) THEN sum(capacity_mw) END AS capacity_mw, sum(value_usd) AS value_usd, sum(net_kg) AS net_kg,
       sum(months_reported) AS months_reported, count(DISTINCT period) AS quarters, list(source_id ORDER BY id) AS source_ids,
       min(period_start) AS period_start, max(period_end) AS period_end,
       list(id ORDER BY id) AS ids, list(DISTINCT hs ORDER BY hs) AS codes, min(note) AS note
FROM flows
WHERE list_contains($quarters, CAST(right(period, 1) AS INTEGER))
  AND CAST(period_end AS DATE) <= $as_of
  AND (len($partners) = 0 OR list_contains($partners, partner_iso3))
GROUP BY product, partner_iso3, left(period, 4)
ORDER BY product, partner_iso3, year
