-- The flows of a streamed file, without the rows that are set aside, in the order of the contract.
-- grain: reporter, exporter, importer, flow, product, hs_vintage, period
SELECT reporter, exporter, importer, flow, valuation, product, hs_vintage, period, frequency, value_usd, quantity,
       quantity_unit, net_kg, estimated_quantity, estimated_unit, status, source_id
FROM parts
ANTI JOIN aside USING (row)
ORDER BY product, exporter, importer, period, reporter, flow
