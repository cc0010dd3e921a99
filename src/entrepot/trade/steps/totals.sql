-- Does a reporter's World row equal the sum of its partners, by product and period?
-- Partners are countries and areas that are not named; aggregates (EU27, ASEAN) are no addends.
-- A partner without a value is counted, not taken for zero: the gap then holds it too.
-- grain: reporter, flow, product, hs_vintage, period
WITH sided AS (
    SELECT *, CASE WHEN flow IN ('export', 're-export') THEN importer ELSE exporter END AS partner
    FROM trade_flows
    WHERE flow <> 'balanced'
),
world AS (
    SELECT reporter, flow, product, hs_vintage, period, value_usd AS world_usd
    FROM sided
    WHERE partner = '+WLD'
),
partners AS (
    SELECT reporter, flow, product, hs_vintage, period, sum(value_usd) AS partners_usd, count(*) AS partners,
           count(*) - count(value_usd) AS without_value
    FROM sided
    WHERE NOT list_contains($aggregates, partner)
    GROUP BY reporter, flow, product, hs_vintage, period
)
SELECT reporter, flow, product, hs_vintage, period, world_usd, partners_usd, world_usd - partners_usd AS gap_usd,
       CASE WHEN world_usd > 0 THEN (world_usd - partners_usd) / world_usd END AS gap_share,
       coalesce(partners, 0) AS partners, coalesce(without_value, 0) AS without_value
FROM world
FULL JOIN partners USING (reporter, flow, product, hs_vintage, period)
ORDER BY reporter, flow, product, hs_vintage, period
