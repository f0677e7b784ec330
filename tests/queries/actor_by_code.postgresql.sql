SELECT (SELECT concat('{"slug":"', actor_1.slug, '","__typename":"Actor"}') AS concat_1 
FROM actor AS actor_1 
WHERE actor_1.id = (SELECT actor_code_1.actor_id 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.scheme = $1::VARCHAR COLLATE "C" AND actor_code_1.value = $2::VARCHAR COLLATE "C" ORDER BY actor_code_1.ended_on IS NULL DESC, actor_code_1.started_on_earliest DESC, actor_code_1.id DESC 
 LIMIT $3::INTEGER)) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2
-- [null, null, 1]
