-- The rows of a streamed file with those of one flow, which the publisher parts, added up; a part without a figure leaves
-- the sum of that figure empty.
-- grain: reporter, exporter, importer, flow, product, hs_vintage, period
SELECT min(row) AS row, min(nth) AS nth, reporter, exporter, importer, flow, min_by(valuation, nth) AS valuation, product,
       hs_vintage, period, min_by(frequency, nth) AS frequency,
       CASE WHEN count(value_usd) = count(*) THEN sum(value_usd) END AS value_usd,
       CASE WHEN count(quantity) = count(*) THEN sum(quantity) END AS quantity, min_by(quantity_unit, nth) AS quantity_unit,
       CASE WHEN count(net_kg) = count(*) THEN sum(net_kg) END AS net_kg,
       CASE WHEN count(estimated_quantity) = count(*) THEN sum(estimated_quantity) END AS estimated_quantity,
       min_by(estimated_unit, nth) AS estimated_unit, min_by(status, nth) AS status, min_by(source_id, nth) AS source_id,
       min(unread) AS unread
FROM settled
GROUP BY reporter, exporter, importer, flow, product, hs_vintage, period
