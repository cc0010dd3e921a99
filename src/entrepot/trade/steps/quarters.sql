-- What went to these partners, quarter by quarter, of one product?
-- grain: partner_iso3, period
SELECT id, product, hs, partner, partner_iso3, period, period_start, period_end, capacity_mw, value_usd, net_kg,
       months_reported, source_id, note
FROM flows
WHERE product = $product AND list_contains($partners, partner_iso3) AND CAST(period_end AS DATE) <= $as_of
ORDER BY partner_iso3, period
