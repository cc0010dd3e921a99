-- What is each flow worth? A flow without a value keeps an empty amount: it is no zero.
-- grain: reporter, exporter, importer, flow, code, hs_vintage, period
SELECT reporter, exporter, importer, flow, valuation, product, product AS code, hs_vintage, period, frequency,
       value_usd AS amount, 'USD' AS unit, value_usd, net_kg, status, source_id
FROM trade_flows
