-- The rows of a streamed file as the whole shows them: totals of products behind a plus, zeros of silent periods emptied,
-- older editions of a report and the unusual of two valuations left out.
-- grain: nth
SELECT row, nth, reporter, exporter, importer, flow, valuation, CASE WHEN total THEN concat('+', product) ELSE product END AS product,
       hs_vintage, period, frequency, CASE WHEN silent THEN NULL ELSE value_usd END AS value_usd, quantity, quantity_unit,
       net_kg, estimated_quantity, estimated_unit, status, source_id, unread
FROM blocks
LEFT JOIN amended USING (nth)
WHERE NOT coalesce(older OR other, FALSE)
