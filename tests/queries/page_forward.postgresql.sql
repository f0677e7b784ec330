WITH page AS 
(SELECT anon_1.id AS id, anon_1.page_key_0 AS page_key_0, anon_1.page_key_text_0 AS page_key_text_0, anon_1.page_key_1 AS page_key_1, anon_1.page_key_text_1 AS page_key_text_1 
FROM (SELECT statement_1.id AS id, statement_1.said_on_earliest AS page_key_0, statement_1.said_on_earliest AS page_key_text_0, coalesce(actor_1.name, '') AS page_key_1, coalesce(actor_1.name, '') AS page_key_text_1 
FROM statement AS statement_1 LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = statement_1.speaker_id ORDER BY statement_1.said_on_earliest DESC, coalesce(actor_1.name, ''), statement_1.id 
 LIMIT 501) AS anon_1 ORDER BY anon_1.page_key_0 DESC, anon_1.page_key_1, anon_1.id 
 LIMIT $1::BIGINT)
 SELECT concat('{"edges":[', string_agg(concat('{"cursor":"', encode(convert_to('00bf6308' || $2::VARCHAR || shown.page_key_text_0 || $2::VARCHAR || shown.page_key_text_1 || $2::VARCHAR || CAST(shown.id AS TEXT), 'UTF8'), 'hex'), '","node":{"id":"statement_', statement_2.id, '","speaker":{"slug":"', actor_2.slug, '"}}}'), ',' ORDER BY shown.page_key_0 DESC, shown.page_key_1, shown.id), '],"pageInfo":{"hasNextPage":', coalesce(CAST((SELECT count(*) AS count_1 
FROM page) > $3::BIGINT AS TEXT), 'null'), ',"hasPreviousPage":', coalesce(CAST(false AS TEXT), 'null'), ',"startCursor":', coalesce('"' || (SELECT encode(convert_to('00bf6308' || $4::VARCHAR || anon_2.page_key_text_0 || $4::VARCHAR || anon_2.page_key_text_1 || $4::VARCHAR || CAST(anon_2.id AS TEXT), 'UTF8'), 'hex') AS encode_1 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0, page.page_key_1 AS page_key_1, page.page_key_text_1 AS page_key_text_1 
FROM page 
 LIMIT $3::BIGINT) AS anon_2 ORDER BY anon_2.page_key_0 DESC, anon_2.page_key_1, anon_2.id 
 LIMIT $5::INTEGER) || '"', 'null'), ',"endCursor":', coalesce('"' || (SELECT encode(convert_to('00bf6308' || $6::VARCHAR || anon_3.page_key_text_0 || $6::VARCHAR || anon_3.page_key_text_1 || $6::VARCHAR || CAST(anon_3.id AS TEXT), 'UTF8'), 'hex') AS encode_2 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0, page.page_key_1 AS page_key_1, page.page_key_text_1 AS page_key_text_1 
FROM page 
 LIMIT $3::BIGINT) AS anon_3 ORDER BY anon_3.page_key_0, anon_3.page_key_1 DESC, anon_3.id DESC 
 LIMIT $7::INTEGER) || '"', 'null'), '}}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_4 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0, page.page_key_1 AS page_key_1, page.page_key_text_1 AS page_key_text_1 
FROM page 
 LIMIT $3::BIGINT) AS shown LEFT OUTER JOIN statement AS statement_2 ON statement_2.id = shown.id LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = statement_2.speaker_id
-- [null, "\u001f", null, "\u001f", 1, "\u001f", 1]
