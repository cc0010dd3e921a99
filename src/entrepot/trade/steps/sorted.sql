-- The flows of a streamed file, without the weights that are off, with what totals do not tell apart, in the order of
-- the contract.
-- grain: reporter, exporter, importer, flow, product, hs_vintage, period
SELECT reporter, exporter, importer, flow, valuation, product, hs_vintage, period, frequency, value_usd, quantity, quantity_unit,
       CASE WHEN misweighed THEN NULL ELSE net_kg END AS net_kg, estimated_quantity, estimated_unit, status, source_id
FROM kept
LEFT JOIN off USING (nth)
UNION ALL
SELECT reporter, exporter, importer, flow, valuation, product, hs_vintage, period, frequency, value_usd, quantity, quantity_unit,
       net_kg, estimated_quantity, estimated_unit, status, source_id
FROM rests
ORDER BY product, exporter, importer, period, reporter, flow, hs_vintage
