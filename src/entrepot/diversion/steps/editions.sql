-- In which editions of the Harmonized System are the codes of the flows?
-- grain: edition
SELECT DISTINCT hs_vintage AS edition
FROM measured_flows
WHERE frequency = $frequency AND starts_with(hs_vintage, 'HS')
ORDER BY edition
