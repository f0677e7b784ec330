WITH asked AS 
(SELECT json_extract(anon_3.value, '$[0]') AS place, json_extract(anon_3.value, '$[1]') AS word, ' ' || json_extract(anon_3.value, '$[1]') AS beginning, ' ' || json_extract(anon_3.value, '$[1]') || ' ' AS whole 
FROM json_each(?3) AS anon_3), 
alike AS 
(SELECT DISTINCT json_extract(anon_4.value, '$[0]') AS place, search_form_1.word AS word 
FROM json_each(?8) AS anon_4 JOIN search_form AS search_form_1 ON search_form_1.form = json_extract(anon_4.value, '$[1]')), 
texts AS 
(SELECT search_entry_2.id AS id 
FROM search_word AS search_word_1 JOIN search_entry AS search_entry_2 ON search_entry_2.id = (search_word_1.rowid & 1099511627775) 
WHERE (search_word_1.search_word MATCH (SELECT string_agg(?4 || asked.word || ?5 || coalesce((SELECT string_agg(?6 || alike.word || ?7, '') AS string_agg_2 
FROM alike 
WHERE alike.place = asked.place), '') || ?9, ?10) AS string_agg_1 
FROM asked)) AND search_entry_2.until_revision = 9223372036854775807 ORDER BY search_word_1.rowid
 LIMIT 1000 OFFSET ?11), 
matches AS 
(SELECT search_entry_1.id AS id, search_entry_1.type AS type, search_entry_1.record_id AS record_id, search_entry_1.field AS field, search_entry_1.size AS size, search_entry_1.text AS text, CASE WHEN (search_entry_1.folded = ?1) THEN 2 WHEN (substr(search_entry_1.folded, 1, length(?2)) = ?2) THEN 1 ELSE 0 END AS closeness, CAST((SELECT sum(CASE WHEN (instr(search_entry_1.folded, asked.whole) > 0) THEN 3 WHEN (instr(search_entry_1.folded, asked.beginning) > 0) THEN 2 WHEN (search_entry_1.type = 0 AND search_entry_1.field = 0 OR search_entry_1.type = 0 AND search_entry_1.field = 1 OR search_entry_1.type = 1 AND search_entry_1.field = 0) THEN 1 ELSE -1000 END) AS sum_1 
FROM asked) AS BIGINT) AS points 
FROM texts JOIN search_entry AS search_entry_1 ON search_entry_1.id = texts.id), 
hits AS 
(SELECT anon_2.id AS id, anon_2.type AS type, anon_2.record_id AS record_id, anon_2.field AS field, anon_2.size AS size, anon_2.closeness AS closeness, anon_2.points AS points 
FROM (SELECT matches.id AS id, matches.type AS type, matches.record_id AS record_id, matches.field AS field, matches.size AS size, matches.text AS text, matches.closeness AS closeness, matches.points AS points, row_number() OVER (PARTITION BY matches.type, matches.record_id ORDER BY matches.closeness DESC, matches.points DESC, matches.field, matches.size, matches.text, matches.id) AS nth 
FROM matches 
WHERE matches.points > 0) AS anon_2 
WHERE anon_2.nth = 1), 
page AS 
(SELECT hits.id AS id, hits.type AS type, hits.record_id AS record_id, hits.field AS field, hits.size AS size, hits.closeness AS closeness, hits.points AS points 
FROM hits ORDER BY hits.closeness DESC, hits.points DESC, hits.type, hits.field, hits.size, hits.record_id
 LIMIT ?21 OFFSET ?22), 
shown AS 
(SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page
 LIMIT ?23 OFFSET ?35), 
words AS 
(SELECT search_entry_3.id AS id, json_extract(anon_10.value, '$[1]') AS starts, json_extract(anon_10.value, '$[2]') AS ends, (EXISTS (SELECT * 
FROM asked 
WHERE substr(json_extract(anon_10.value, '$[0]'), 1, length(asked.word)) = asked.word)) OR (search_entry_3.type = 0 AND search_entry_3.field = 0 OR search_entry_3.type = 0 AND search_entry_3.field = 1 OR search_entry_3.type = 1 AND search_entry_3.field = 0) AND (EXISTS (SELECT * 
FROM alike 
WHERE alike.word = json_extract(anon_10.value, '$[0]'))) AS is_match 
FROM shown JOIN search_entry AS search_entry_3 ON search_entry_3.id = shown.id JOIN json_each(search_entry_3.words) AS anon_10 ON 1 = 1), 
spans AS 
(SELECT anon_8.id AS id, min(anon_8.starts) AS starts, max(anon_8.ends) AS ends 
FROM (SELECT anon_9.id AS id, anon_9.starts AS starts, anon_9.ends AS ends, sum(anon_9.is_new) OVER (PARTITION BY anon_9.id ORDER BY anon_9.starts, anon_9.ends) AS nth 
FROM (SELECT words.id AS id, words.starts AS starts, words.ends AS ends, CASE WHEN (words.starts < max(words.ends) OVER (PARTITION BY words.id ORDER BY words.starts, words.ends ROWS BETWEEN UNBOUNDED PRECEDING AND ?34 PRECEDING)) THEN 0 ELSE 1 END AS is_new 
FROM words 
WHERE words.is_match = 1) AS anon_9) AS anon_8 GROUP BY anon_8.id, anon_8.nth), 
starts AS 
(SELECT search_entry_4.id AS id, search_entry_4.text AS text, CASE WHEN (length(search_entry_4.text) <= 300) THEN 0 ELSE coalesce((SELECT min(words.starts) AS min_1 
FROM words 
WHERE words.id = search_entry_4.id AND words.starts >= (SELECT min(anon_11.starts) AS min_2 
FROM words AS anon_11 
WHERE anon_11.id = search_entry_4.id AND anon_11.is_match = 1) - 80), 0) END AS starts 
FROM shown JOIN search_entry AS search_entry_4 ON search_entry_4.id = shown.id), 
passages AS 
(SELECT starts.id AS id, starts.text AS text, starts.starts AS starts, CASE WHEN (length(starts.text) <= 300) THEN length(starts.text) ELSE coalesce((SELECT max(words.ends) AS max_2 
FROM words 
WHERE words.id = starts.id AND words.starts >= starts.starts AND words.ends <= starts.starts + 300), starts.starts + 300) END AS ends 
FROM starts)
 SELECT CAST('{' || trim(json_object('totalCount', (SELECT count(*) AS count_1 
FROM hits)), '{}') || ',"edges":[' || coalesce(group_concat('{' || trim(json_object('cursor', lower(hex(?12 || ?13 || CAST(value_1 AS TEXT) || ?14 || CAST(value_2 AS TEXT) || ?15 || CAST(value_3 AS TEXT) || ?16 || CAST(value_4 AS TEXT) || ?17 || CAST(value_5 AS TEXT) || ?18 || CAST(value_6 AS TEXT)))), '{}') || ',"node":{' || trim(json_object(?19, CASE value_3 WHEN 0 THEN 'ACTOR' WHEN 1 THEN 'CONFLICT' WHEN 2 THEN 'SUPPORT' WHEN 3 THEN 'STATEMENT' WHEN 4 THEN 'SOURCE' END, 'text', value_7), '{}') || ',"matches":' || value_8 || ',' || ?20 || CASE WHEN (value_9 IS NOT NULL) THEN value_9 ELSE 'null' END || '}}'), '') || '],"pageInfo":{"hasNextPage":' || CASE (SELECT count(*) AS count_2 
FROM page) > ?23 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('endCursor', (SELECT lower(hex(?24 || ?25 || CAST(anon_5.closeness AS TEXT) || ?26 || CAST(anon_5.points AS TEXT) || ?27 || CAST(anon_5.type AS TEXT) || ?28 || CAST(anon_5.field AS TEXT) || ?29 || CAST(anon_5.size AS TEXT) || ?30 || CAST(anon_5.record_id AS TEXT))) AS lower_1 
FROM (SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page
 LIMIT ?23 OFFSET ?31) AS anon_5 ORDER BY anon_5.closeness, anon_5.points, anon_5.type DESC, anon_5.field DESC, anon_5.size DESC, anon_5.record_id DESC
 LIMIT ?32 OFFSET ?33)), '{}') || '}}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_6 
FROM (SELECT shown.closeness AS value_1, shown.points AS value_2, shown.type AS value_3, shown.field AS value_4, shown.size AS value_5, shown.record_id AS value_6, substr(passages.text, passages.starts + 1, passages.ends - passages.starts) AS value_7, (SELECT '[' || coalesce(group_concat(json_object('start', spans_shown.starts, 'end', spans_shown.ends)), '') || ']' AS anon_7 
FROM (SELECT spans.starts - passages.starts AS starts, spans.ends - passages.starts AS ends 
FROM spans 
WHERE spans.id = passages.id AND spans.starts >= passages.starts AND spans.ends <= passages.ends ORDER BY spans.starts) AS spans_shown) AS value_8, coalesce((SELECT json_object('id', 'actor_' || actor_1.id, '__typename', 'Actor', 'name', actor_1.name) AS json_object_1 
FROM actor AS actor_1 
WHERE actor_1.id = shown.record_id AND shown.type = 0), (SELECT json_object('id', 'conflict_' || conflict_1.id, '__typename', 'Conflict') AS json_object_2 
FROM "conflict" AS conflict_1 
WHERE conflict_1.id = shown.record_id AND shown.type = 1), (SELECT json_object('id', 'support_' || support_1.id, '__typename', 'Support') AS json_object_3 
FROM support AS support_1 
WHERE support_1.id = shown.record_id AND shown.type = 2), (SELECT json_object('id', 'statement_' || statement_1.id, '__typename', 'Statement', 'speaker', json_object('name', actor_2.name)) AS json_object_4 
FROM statement AS statement_1 LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = statement_1.speaker_id 
WHERE statement_1.id = shown.record_id AND shown.type = 3), (SELECT json_object('id', 'source_' || source_1.id, '__typename', 'Source') AS json_object_5 
FROM source AS source_1 
WHERE source_1.id = shown.record_id AND shown.type = 4)) AS value_9 
FROM shown LEFT OUTER JOIN passages ON passages.id = shown.id) AS layer
-- [null, null, null, "(\"", "\"*", " OR \"", "\"", null, ")", " AND ", 0, null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "type", "\"record\":", null, 0, null, null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", 0, 1, 0, 1, 0]
