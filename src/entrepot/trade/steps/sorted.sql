-- The flows of a streamed file, without the rows that are set aside and as the checks of the whole amend them, in the
-- order of the contract.
-- grain: reporter, exporter, importer, flow, product, hs_vintage, period
SELECT reporter, exporter, importer, flow, valuation, CASE WHEN total THEN concat('+', product) ELSE product END AS product,
       hs_vintage, period, frequency, CASE WHEN silent THEN NULL ELSE value_usd END AS value_usd, quantity, quantity_unit,
       CASE WHEN misweighed THEN NULL ELSE net_kg END AS net_kg, estimated_quantity, estimated_unit, status, source_id
FROM parts
LEFT JOIN amended USING (row)
ANTI JOIN aside USING (row)
ORDER BY product, exporter, importer, period, reporter, flow
