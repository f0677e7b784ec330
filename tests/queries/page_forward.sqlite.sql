WITH page AS 
(SELECT statement_1.id AS id, statement_1.said_on_earliest AS page_key_0, statement_1.said_on_earliest AS page_key_text_0, coalesce(actor_1.name, '') AS page_key_1, coalesce(actor_1.name, '') AS page_key_text_1 
FROM statement AS statement_1 LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = statement_1.speaker_id ORDER BY statement_1.said_on_earliest DESC, coalesce(actor_1.name, ''), statement_1.id
 LIMIT ?1 OFFSET ?2)
 SELECT CAST('{"edges":[' || coalesce(group_concat(json_object('cursor', lower(hex('00bf6308' || ?3 || shown.page_key_text_0 || ?3 || shown.page_key_text_1 || ?3 || CAST(shown.id AS TEXT))), 'node', json_object('id', 'statement_' || statement_2.id, 'speaker', json_object('slug', actor_2.slug)))), '') || '],"pageInfo":{"hasNextPage":' || CASE (SELECT count(*) AS count_1 
FROM page) > ?4 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',"hasPreviousPage":' || CASE 0 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('startCursor', (SELECT lower(hex('00bf6308' || ?5 || anon_2.page_key_text_0 || ?5 || anon_2.page_key_text_1 || ?5 || CAST(anon_2.id AS TEXT))) AS lower_1 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0, page.page_key_1 AS page_key_1, page.page_key_text_1 AS page_key_text_1 
FROM page
 LIMIT ?4 OFFSET ?6) AS anon_2 ORDER BY anon_2.page_key_0 DESC, anon_2.page_key_1, anon_2.id
 LIMIT ?7 OFFSET ?8), 'endCursor', (SELECT lower(hex('00bf6308' || ?9 || anon_3.page_key_text_0 || ?9 || anon_3.page_key_text_1 || ?9 || CAST(anon_3.id AS TEXT))) AS lower_2 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0, page.page_key_1 AS page_key_1, page.page_key_text_1 AS page_key_text_1 
FROM page
 LIMIT ?4 OFFSET ?10) AS anon_3 ORDER BY anon_3.page_key_0, anon_3.page_key_1 DESC, anon_3.id DESC
 LIMIT ?11 OFFSET ?12)), '{}') || '}}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_4 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0, page.page_key_1 AS page_key_1, page.page_key_text_1 AS page_key_text_1 
FROM page
 LIMIT ?4 OFFSET ?13) AS shown LEFT OUTER JOIN statement AS statement_2 ON statement_2.id = shown.id LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = statement_2.speaker_id
-- [null, 0, "\u001f", null, "\u001f", 0, 1, 0, "\u001f", 0, 1, 0, 0]
