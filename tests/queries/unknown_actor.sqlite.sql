SELECT json_object('name', actor_1.name) AS json_object_1 
FROM actor AS actor_1 
WHERE actor_1.slug = ?
-- [null]
