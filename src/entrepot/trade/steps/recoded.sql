-- Which rows of a streamed file have one of the codes that HS 2022 dropped, or that took their place?
-- grain: row
SELECT row, reporter, flow, period, product
FROM settled
WHERE list_contains($codes, left(product, 6))
ORDER BY row
