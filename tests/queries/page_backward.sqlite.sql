SELECT json_object('nodes', json_group_array(json_object('name', actor_1.name)) FILTER (WHERE turned.place <= ?), 'pageInfo', json_object('hasNextPage', json(CASE 0 WHEN 1 THEN 'true' WHEN 0 THEN 'false' END), 'hasPreviousPage', json(CASE coalesce(max(turned.read), ?) > ? WHEN 1 THEN 'true' WHEN 0 THEN 'false' END), 'startCursor', max(lower(hex('337dbe67' || ? || turned.key_0 || ? || CAST(turned.id AS TEXT)))) FILTER (WHERE turned.place = CASE WHEN (turned.read < ?) THEN turned.read ELSE ? END), 'endCursor', max(lower(hex('337dbe67' || ? || turned.key_0 || ? || CAST(turned.id AS TEXT)))) FILTER (WHERE turned.place = ?))) AS json_object_1 
FROM (SELECT placed.id AS id, placed.key_0 AS key_0, placed.place AS place, placed.read AS read 
FROM (SELECT page.id AS id, page.key_0 AS key_0, row_number() OVER () AS place, count(*) OVER () AS read 
FROM (SELECT actor_2.id AS id, actor_2.name AS key_0 
FROM actor AS actor_2 ORDER BY actor_2.name DESC, actor_2.id DESC
 LIMIT ? OFFSET ?) AS page) AS placed 
WHERE placed.place <= ? ORDER BY placed.place DESC
 LIMIT ? OFFSET ?) AS turned LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = turned.id
-- [null, 0, null, "\u001f", "\u001f", null, null, "\u001f", "\u001f", 1, null, 0, null, null, 0]
