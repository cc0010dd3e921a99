-- Which copies of a list, as its publisher offers it, were on record by the day?
-- grain: source_id
-- A page that a refresh read, from whatever address, is called after its list.
-- A page that was fetched is of the day on which that was done: the list stood so then, whenever the page was printed.
WITH copies AS (
  SELECT source_id, coalesce(retrieved, published) AS day
  FROM sources
  WHERE url = $address OR starts_with(source_id, $read)
)
SELECT source_id, day
FROM copies
WHERE length(day) = 10
  AND day <= strftime($as_of, '%Y-%m-%d')
ORDER BY day, source_id
