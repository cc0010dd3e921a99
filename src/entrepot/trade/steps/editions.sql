-- Which rows of a streamed file are of a known edition of the HS that is not its newest?
-- grain: row
SELECT row, hs_vintage
FROM settled
WHERE hs_vintage <> 'unknown' AND hs_vintage < (SELECT max(hs_vintage) FROM settled WHERE hs_vintage <> 'unknown')
ORDER BY row
