-- How much of the totals of products of so many digits do the longer codes below them not tell apart?
-- Rests of longer totals are told already. A weight is left out where some details have none.
-- grain: reporter, exporter, importer, flow, product, hs_vintage, period
WITH weighed AS (
    SELECT kept.* REPLACE (CASE WHEN misweighed THEN NULL ELSE net_kg END AS net_kg)
    FROM kept
    LEFT JOIN off USING (nth)
),
heads AS (
    SELECT *, right(product, $size) AS code
    FROM weighed
    WHERE left(product, 1) = '+' AND product <> '+TOTAL' AND length(product) = $size + 1
),
told AS (
    SELECT reporter, exporter, importer, flow, hs_vintage, period, product, value_usd, net_kg
    FROM weighed
    WHERE left(product, 1) <> '+' AND length(product) > $size
    UNION ALL
    SELECT reporter, exporter, importer, flow, hs_vintage, period, product, value_usd, net_kg
    FROM rests
    WHERE length(product) > $size
),
below AS (
    SELECT reporter, exporter, importer, flow, hs_vintage, period, left(product, $size) AS code, count(*) AS details,
           coalesce(sum(value_usd), 0) AS details_usd,
           CASE WHEN bool_and((value_usd IS NULL) = (net_kg IS NULL)) THEN coalesce(sum(net_kg), 0) END AS kg
    FROM told
    SEMI JOIN heads ON heads.code = left(told.product, $size)
    GROUP BY reporter, exporter, importer, flow, hs_vintage, period, left(product, $size)
)
SELECT h.* EXCLUDE (code)
       REPLACE (concat(h.code, $rest) AS product, round(h.value_usd - details_usd, $cents) AS value_usd,
                CASE WHEN h.net_kg > kg THEN round(h.net_kg - kg, $grams) END AS net_kg,
                NULL AS quantity, NULL AS quantity_unit, NULL AS estimated_quantity, NULL AS estimated_unit)
FROM heads AS h
JOIN below USING (reporter, exporter, importer, flow, hs_vintage, period, code)
WHERE h.value_usd - details_usd > greatest($near * h.value_usd, $each * details)
ORDER BY row, nth
