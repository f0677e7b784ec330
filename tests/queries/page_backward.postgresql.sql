WITH page AS 
(SELECT anon_1.id AS id, anon_1.page_key_0 AS page_key_0, anon_1.page_key_text_0 AS page_key_text_0 
FROM (SELECT actor_1.id AS id, actor_1.name AS page_key_0, actor_1.name AS page_key_text_0 
FROM actor AS actor_1 ORDER BY actor_1.name DESC, actor_1.id DESC 
 LIMIT 501) AS anon_1 ORDER BY anon_1.page_key_0 DESC, anon_1.id DESC 
 LIMIT $1::BIGINT)
 SELECT concat('{"nodes":[', string_agg(concat('{"name":', coalesce(to_json(actor_2.name), 'null'), '}'), ',' ORDER BY anon_2.page_key_0, anon_2.id), '],"pageInfo":{"hasNextPage":', coalesce(CAST(false AS TEXT), 'null'), ',"hasPreviousPage":', coalesce(CAST((SELECT count(*) AS count_1 
FROM page) > $2::BIGINT AS TEXT), 'null'), ',"startCursor":', coalesce('"' || (SELECT encode(convert_to('337dbe67' || $3::VARCHAR || anon_3.page_key_text_0 || $3::VARCHAR || CAST(anon_3.id AS TEXT), 'UTF8'), 'hex') AS encode_1 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0 
FROM page 
 LIMIT $2::BIGINT) AS anon_3 ORDER BY anon_3.page_key_0, anon_3.id 
 LIMIT $4::INTEGER) || '"', 'null'), ',"endCursor":', coalesce('"' || (SELECT encode(convert_to('337dbe67' || $5::VARCHAR || anon_4.page_key_text_0 || $5::VARCHAR || CAST(anon_4.id AS TEXT), 'UTF8'), 'hex') AS encode_2 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0 
FROM page 
 LIMIT $2::BIGINT) AS anon_4 ORDER BY anon_4.page_key_0 DESC, anon_4.id DESC 
 LIMIT $6::INTEGER) || '"', 'null'), '}}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_5 
FROM (SELECT shown.id AS id, shown.page_key_0 AS page_key_0, shown.page_key_text_0 AS page_key_text_0 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0 
FROM page 
 LIMIT $2::BIGINT) AS shown ORDER BY shown.page_key_0, shown.id 
 LIMIT $2::BIGINT) AS anon_2 LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = anon_2.id
-- [null, null, "\u001f", 1, "\u001f", 1]
