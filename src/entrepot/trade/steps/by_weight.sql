-- What does each flow weigh? A flow without a weight keeps an empty amount: it is no zero.
-- grain: reporter, exporter, importer, flow, code, hs_vintage, period
SELECT reporter, exporter, importer, flow, valuation, product, product AS code, hs_vintage, period, frequency,
       net_kg AS amount, 'kg' AS unit, value_usd, net_kg, status, source_id
FROM trade_flows
