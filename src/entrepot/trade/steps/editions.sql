-- Which editions of the HS does a streamed file hold?
-- grain: hs_vintage
SELECT DISTINCT hs_vintage
FROM parts
ORDER BY hs_vintage
