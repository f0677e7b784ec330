SELECT json_object('nodes', json_group_array(json_object('slug', actor_1.slug, ?, actor_1.slug, 'kind', actor_1.kind)), '__typename', json(?)) AS json_object_1 
FROM (SELECT actor_2.id AS id 
FROM actor AS actor_2 ORDER BY actor_2.id
 LIMIT ? OFFSET ?) AS page LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = page.id
-- ["nick", "\"ActorConnection\"", null, 0]

SELECT json_object('number', revision_1.number) AS json_object_1 
FROM revision AS revision_1 ORDER BY revision_1.number DESC
 LIMIT ? OFFSET ?
-- [1, 0]
