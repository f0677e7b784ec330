SELECT (SELECT concat('{"name":', coalesce(to_json(actor_1.name), 'null'), '}') AS concat_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = $1::VARCHAR COLLATE "C"), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = $1::VARCHAR COLLATE "C"))) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2
-- [null]
