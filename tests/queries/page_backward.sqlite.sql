WITH page AS 
(SELECT actor_1.id AS id, actor_1.name AS page_key_0, actor_1.name AS page_key_text_0 
FROM actor AS actor_1 ORDER BY actor_1.name DESC, actor_1.id DESC
 LIMIT ?1 OFFSET ?2)
 SELECT CAST('{"nodes":[' || coalesce(group_concat(json_object('name', actor_2.name)), '') || '],"pageInfo":{"hasNextPage":' || CASE 0 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',"hasPreviousPage":' || CASE (SELECT count(*) AS count_1 
FROM page) > ?3 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('startCursor', (SELECT lower(hex('337dbe67' || ?4 || anon_2.page_key_text_0 || ?4 || CAST(anon_2.id AS TEXT))) AS lower_1 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0 
FROM page
 LIMIT ?3 OFFSET ?5) AS anon_2 ORDER BY anon_2.page_key_0, anon_2.id
 LIMIT ?6 OFFSET ?7), 'endCursor', (SELECT lower(hex('337dbe67' || ?8 || anon_3.page_key_text_0 || ?8 || CAST(anon_3.id AS TEXT))) AS lower_2 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0 
FROM page
 LIMIT ?3 OFFSET ?9) AS anon_3 ORDER BY anon_3.page_key_0 DESC, anon_3.id DESC
 LIMIT ?10 OFFSET ?11)), '{}') || '}}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_4 
FROM (SELECT shown.id AS id, shown.page_key_0 AS page_key_0, shown.page_key_text_0 AS page_key_text_0 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0 
FROM page
 LIMIT ?3 OFFSET ?12) AS shown ORDER BY shown.page_key_0, shown.id
 LIMIT ?3 OFFSET ?13) AS anon_5 LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = anon_5.id
-- [null, 0, null, "\u001f", 0, 1, 0, "\u001f", 0, 1, 0, 0, 0]
