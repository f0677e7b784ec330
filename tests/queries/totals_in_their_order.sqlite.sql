WITH matched AS 
(SELECT support_count_1.supporter_id AS supporter_id, support_count_1.recipient_id AS recipient_id, support_count_1.against_id AS against_id, support_count_1.conflict_id AS conflict_id, support_count_1.dataset_id AS dataset_id, support_count_1.kind AS kind, support_count_1.phase AS phase, support_count_1.attribution = 'SOME_OF' AS is_possible, 1 AS is_first, support_count_1.supports AS number 
FROM support_count AS support_count_1 
WHERE support_count_1.supports > 0 AND support_count_1.kind IN (SELECT anon_3.value 
FROM json_each(?6) AS anon_3) AND support_count_1.attribution != 'SOME_OF' UNION ALL SELECT CASE WHEN (support_1.attribution = 'SOME_OF') THEN candidate_1.actor_id ELSE support_1.supporter_id END AS supporter_id, support_1.recipient_id AS recipient_id, support_1.against_id AS against_id, support_1.conflict_id AS conflict_id, support_1.dataset_id AS dataset_id, support_1.kind AS kind, support_1.phase AS phase, support_1.attribution = 'SOME_OF' AS is_possible, 1 AS is_first, 1 AS number 
FROM support AS support_1 LEFT OUTER JOIN candidate AS candidate_1 ON candidate_1.support_id = support_1.id AND support_1.attribution = 'SOME_OF' 
WHERE support_1.kind IN (SELECT anon_4.value 
FROM json_each(?7) AS anon_4) AND support_1.attribution = 'SOME_OF'), 
page AS 
(SELECT matched.supporter_id AS supporter_id, matched.dataset_id AS dataset_id, matched.phase AS phase, CAST(coalesce(sum(matched.number) FILTER (WHERE matched.is_first = 1 AND matched.is_possible = 0), 0) AS BIGINT) AS certain_supports, count(DISTINCT matched.recipient_id) FILTER (WHERE matched.is_first = 1 AND matched.is_possible = 0) AS certain_recipients, coalesce(matched.supporter_id, 0) AS page_key_0, CAST(coalesce(matched.supporter_id, 0) AS TEXT) AS page_key_text_0, coalesce(matched.dataset_id, 0) AS page_key_1, CAST(coalesce(matched.dataset_id, 0) AS TEXT) AS page_key_text_1, matched.phase AS page_key_2, matched.phase AS page_key_text_2 
FROM matched GROUP BY matched.supporter_id, matched.dataset_id, matched.phase ORDER BY matched.supporter_id NULLS FIRST, matched.dataset_id NULLS FIRST, matched.phase NULLS FIRST
 LIMIT ?8 OFFSET ?9)
 SELECT CAST('{"edges":[' || coalesce(group_concat('{' || trim(json_object('cursor', lower(hex('159cd57a' || ?1 || anon_2.page_key_text_0 || ?2 || anon_2.page_key_text_1 || ?3 || anon_2.page_key_text_2))), '{}') || ',"node":{"supporter":' || CASE WHEN (actor_1.id IS NOT NULL) THEN json_object('name', actor_1.name) ELSE 'null' END || ',"dataset":' || CASE WHEN (dataset_1.id IS NOT NULL) THEN json_object('slug', dataset_1.slug) ELSE 'null' END || ',' || trim(json_object('phase', anon_2.phase), '{}') || ',' || ?4 || json_object('supports', anon_2.certain_supports, ?5, anon_2.certain_recipients) || '}}'), '') || '],"pageInfo":{"hasNextPage":' || CASE (SELECT count(*) AS count_1 
FROM page) > ?10 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || '}}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_5 
FROM (SELECT page.supporter_id AS supporter_id, page.dataset_id AS dataset_id, page.phase AS phase, page.certain_supports AS certain_supports, page.certain_recipients AS certain_recipients, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0, page.page_key_1 AS page_key_1, page.page_key_text_1 AS page_key_text_1, page.page_key_2 AS page_key_2, page.page_key_text_2 AS page_key_text_2 
FROM page
 LIMIT ?10 OFFSET ?11) AS anon_2 LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = anon_2.supporter_id LEFT OUTER JOIN dataset AS dataset_1 ON dataset_1.id = anon_2.dataset_id
-- ["\u001f", "\u001f", "\u001f", "\"certain\":", "recipients", null, null, null, 0, null, 0]
