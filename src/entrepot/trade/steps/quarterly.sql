-- Which quarters of exports could be known by the day?
-- grain: id
SELECT id, reporter, partner, partner_iso3, flow, product, hs, period, period_start, period_end, value_usd, net_kg,
       capacity_mw, months_reported, source_id, note
FROM flows
WHERE CAST(period_end AS DATE) <= $as_of
ORDER BY hs, partner_iso3, period
