-- What does each flow weigh? A flow without a weight keeps an empty amount: it is no zero.
-- The total of all goods is a product like any other where the table has no other; else its parts are counted.
-- grain: reporter, exporter, importer, flow, code, hs_vintage, period
SELECT reporter, exporter, importer, flow, valuation,
       CASE WHEN product = '+TOTAL' AND NOT EXISTS (SELECT 1 FROM trade_flows WHERE left(product, 1) <> '+') THEN 'TOTAL'
            ELSE product END AS product, product AS code, hs_vintage, period, frequency,
       net_kg AS amount, 'kg' AS unit, value_usd, net_kg, status, source_id
FROM trade_flows
