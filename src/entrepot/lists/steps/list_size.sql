-- How large was the list on each day it changed, and on the day before: entities one by one, and as its publisher counted?
-- grain: day
WITH changed AS (
  SELECT id, date AS day, added, total_entities, total_dhs, source_id,
         lag(total_entities) OVER (ORDER BY date) AS entities_before,
         lag(total_dhs) OVER (ORDER BY date) AS dhs_before,
         lag(date) OVER (ORDER BY date) AS batch_before,
         lag(source_id) OVER (ORDER BY date) AS source_before,
         lag(id) OVER (ORDER BY date) AS id_before
  FROM batches
  WHERE list_id = $list_id AND CAST(date AS DATE) <= $as_of
),
on_the_day AS (
  SELECT id, day, day AS batch, total_entities AS entities, total_dhs AS publisher_count, added, source_id, true AS changed
  FROM changed
),
the_day_before AS (
  SELECT id_before AS id, strftime(CAST(day AS DATE) - 1, '%Y-%m-%d') AS day, batch_before AS batch, entities_before AS entities,
         dhs_before AS publisher_count, NULL AS added, source_before AS source_id, false AS changed
  FROM changed
  WHERE entities_before IS NOT NULL AND batch_before < strftime(CAST(day AS DATE) - 1, '%Y-%m-%d')
)
SELECT * FROM on_the_day
UNION ALL
SELECT * FROM the_day_before
ORDER BY day
