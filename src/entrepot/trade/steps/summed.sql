-- The rows of a streamed file with those of one flow, which the publisher parts, added up; a part without a figure leaves
-- the sum of that figure empty.
-- grain: reporter, exporter, importer, flow, product, hs_vintage, period
SELECT min(row) AS row, count(*) AS rows, reporter, exporter, importer, flow, any_value(valuation) AS valuation, product,
       hs_vintage, period, any_value(frequency) AS frequency,
       CASE WHEN count(value_usd) = count(*) THEN sum(value_usd) END AS value_usd,
       CASE WHEN count(quantity) = count(*) THEN sum(quantity) END AS quantity, any_value(quantity_unit) AS quantity_unit,
       CASE WHEN count(net_kg) = count(*) THEN sum(net_kg) END AS net_kg,
       CASE WHEN count(estimated_quantity) = count(*) THEN sum(estimated_quantity) END AS estimated_quantity,
       any_value(estimated_unit) AS estimated_unit, any_value(status) AS status, any_value(source_id) AS source_id
FROM blocks
GROUP BY reporter, exporter, importer, flow, product, hs_vintage, period
