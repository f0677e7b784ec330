WITH asked AS MATERIALIZED 
(SELECT json_extract(anon_3.value, '$[0]') AS place, json_extract(anon_3.value, '$[1]') AS word, json_extract(anon_3.value, '$[2]') AS "after", ' ' || json_extract(anon_3.value, '$[1]') AS beginning, ' ' || json_extract(anon_3.value, '$[1]') || ' ' AS whole 
FROM json_each(?3) AS anon_3), 
alike AS MATERIALIZED 
(SELECT DISTINCT json_extract(anon_7.value, '$[0]') AS place, search_form_1.word AS word 
FROM json_each(?12) AS anon_7 JOIN search_form AS search_form_1 ON search_form_1.form = json_extract(anon_7.value, '$[1]')), 
names AS 
(SELECT (SELECT string_agg(?4 || asked.word || CASE WHEN (length(asked.word) <= 4) THEN ?5 ELSE ?6 END || coalesce((SELECT string_agg(?7 || anon_6.word || ?8, '') AS string_agg_2 
FROM (SELECT search_vocabulary_1.word AS word 
FROM search_vocabulary AS search_vocabulary_1 
WHERE length(asked.word) > 4 AND search_vocabulary_1.word > asked.word AND search_vocabulary_1.word < asked."after" ORDER BY search_vocabulary_1.word
 LIMIT 50 OFFSET ?9) AS anon_6 
WHERE 1 = 1), '') || coalesce((SELECT string_agg(?10 || alike.word || ?11, '') AS string_agg_3 
FROM alike 
WHERE alike.place = asked.place), '') || ?13, ?14) AS string_agg_1 
FROM asked) AS "query"), 
plain AS 
(SELECT (SELECT string_agg(?15 || asked.word || CASE WHEN (length(asked.word) <= 4) THEN ?16 ELSE ?17 END || coalesce((SELECT string_agg(?18 || anon_8.word || ?19, '') AS string_agg_5 
FROM (SELECT search_vocabulary_2.word AS word 
FROM search_vocabulary AS search_vocabulary_2 
WHERE length(asked.word) > 4 AND search_vocabulary_2.word > asked.word AND search_vocabulary_2.word < asked."after" ORDER BY search_vocabulary_2.word
 LIMIT 50 OFFSET ?20) AS anon_8 
WHERE 1 = 1), '') || ?21, ?22) AS string_agg_4 
FROM asked) AS "query"), 
texts AS 
(SELECT anon_4.value AS id 
FROM json_each('[[0,1152921504606846975,1],[1152921504606846976,2305843009213693951,1],[2305843009213693952,3458764513820540927,0],[3458764513820540928,4611686018427387903,0],[4611686018427387904,5764607523034234879,0],[5764607523034234880,6917529027641081855,0]]') AS types JOIN json_each((SELECT json_group_array(anon_5.id) AS json_group_array_1 
FROM (SELECT search_entry_2.id AS id 
FROM search_word AS search_word_1 JOIN search_entry AS search_entry_2 ON search_entry_2.id = (search_word_1.rowid & 1099511627775) 
WHERE (search_word_1.search_word MATCH CASE WHEN (json_extract(types.value, '$[2]') = 1) THEN (SELECT names."query" 
FROM names) ELSE (SELECT plain."query" 
FROM plain) END) AND search_word_1.rowid BETWEEN json_extract(types.value, '$[0]') AND json_extract(types.value, '$[1]') AND search_entry_2.until_revision = 9223372036854775807 AND (json_extract(types.value, '$[2]') = 0 OR search_entry_2.type = 0 AND search_entry_2.field = 0 OR search_entry_2.type = 0 AND search_entry_2.field = 1 OR search_entry_2.type = 1 AND search_entry_2.field = 0 OR CAST((SELECT sum(CASE WHEN (instr(search_entry_2.folded, asked.whole) > 0) THEN 3 WHEN (instr(search_entry_2.folded, asked.beginning) > 0) THEN 2 WHEN (search_entry_2.type = 0 AND search_entry_2.field = 0 OR search_entry_2.type = 0 AND search_entry_2.field = 1 OR search_entry_2.type = 1 AND search_entry_2.field = 0) THEN 1 ELSE -1000 END) AS sum_2 
FROM asked) AS BIGINT) > 0) ORDER BY search_word_1.rowid
 LIMIT 100 OFFSET ?23) AS anon_5)) AS anon_4 ON 1 = ?24), 
matches AS 
(SELECT search_entry_1.id AS id, search_entry_1.type AS type, search_entry_1.record_id AS record_id, search_entry_1.field AS field, search_entry_1.size AS size, search_entry_1.text AS text, CASE WHEN (search_entry_1.folded = ?1) THEN 2 WHEN (substr(search_entry_1.folded, 1, length(?2)) = ?2) THEN 1 ELSE 0 END AS closeness, CAST((SELECT sum(CASE WHEN (instr(search_entry_1.folded, asked.whole) > 0) THEN 3 WHEN (instr(search_entry_1.folded, asked.beginning) > 0) THEN 2 WHEN (search_entry_1.type = 0 AND search_entry_1.field = 0 OR search_entry_1.type = 0 AND search_entry_1.field = 1 OR search_entry_1.type = 1 AND search_entry_1.field = 0) THEN 1 ELSE -1000 END) AS sum_1 
FROM asked) AS BIGINT) AS points 
FROM texts JOIN search_entry AS search_entry_1 ON search_entry_1.id = texts.id), 
hits AS 
(SELECT anon_2.id AS id, anon_2.type AS type, anon_2.record_id AS record_id, anon_2.field AS field, anon_2.size AS size, anon_2.closeness AS closeness, anon_2.points AS points 
FROM (SELECT matches.id AS id, matches.type AS type, matches.record_id AS record_id, matches.field AS field, matches.size AS size, matches.text AS text, matches.closeness AS closeness, matches.points AS points, row_number() OVER (PARTITION BY matches.type, matches.record_id ORDER BY matches.closeness DESC, matches.points DESC, matches.field, matches.size, matches.text, matches.id) AS nth 
FROM matches) AS anon_2 
WHERE anon_2.nth = 1), 
page AS 
(SELECT hits.id AS id, hits.type AS type, hits.record_id AS record_id, hits.field AS field, hits.size AS size, hits.closeness AS closeness, hits.points AS points 
FROM hits ORDER BY hits.closeness DESC, hits.points DESC, hits.type, hits.field, hits.size, hits.record_id
 LIMIT ?34 OFFSET ?35), 
shown AS 
(SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page
 LIMIT ?36 OFFSET ?48), 
words AS 
(SELECT search_entry_3.id AS id, json_extract(anon_14.value, '$[1]') AS starts, json_extract(anon_14.value, '$[2]') AS ends, (EXISTS (SELECT * 
FROM asked 
WHERE substr(json_extract(anon_14.value, '$[0]'), 1, length(asked.word)) = asked.word)) OR (search_entry_3.type = 0 AND search_entry_3.field = 0 OR search_entry_3.type = 0 AND search_entry_3.field = 1 OR search_entry_3.type = 1 AND search_entry_3.field = 0) AND (EXISTS (SELECT * 
FROM alike 
WHERE alike.word = json_extract(anon_14.value, '$[0]'))) AS is_match 
FROM shown JOIN search_entry AS search_entry_3 ON search_entry_3.id = shown.id JOIN json_each(search_entry_3.words) AS anon_14 ON 1 = 1), 
spans AS 
(SELECT anon_12.id AS id, min(anon_12.starts) AS starts, max(anon_12.ends) AS ends 
FROM (SELECT anon_13.id AS id, anon_13.starts AS starts, anon_13.ends AS ends, sum(anon_13.is_new) OVER (PARTITION BY anon_13.id ORDER BY anon_13.starts, anon_13.ends) AS nth 
FROM (SELECT words.id AS id, words.starts AS starts, words.ends AS ends, CASE WHEN (words.starts < max(words.ends) OVER (PARTITION BY words.id ORDER BY words.starts, words.ends ROWS BETWEEN UNBOUNDED PRECEDING AND ?47 PRECEDING)) THEN 0 ELSE 1 END AS is_new 
FROM words 
WHERE words.is_match = 1) AS anon_13) AS anon_12 GROUP BY anon_12.id, anon_12.nth), 
starts AS 
(SELECT search_entry_4.id AS id, search_entry_4.text AS text, CASE WHEN (length(search_entry_4.text) <= 300) THEN 0 ELSE coalesce((SELECT min(words.starts) AS min_1 
FROM words 
WHERE words.id = search_entry_4.id AND words.starts >= (SELECT min(anon_15.starts) AS min_2 
FROM words AS anon_15 
WHERE anon_15.id = search_entry_4.id AND anon_15.is_match = 1) - 80), 0) END AS starts 
FROM shown JOIN search_entry AS search_entry_4 ON search_entry_4.id = shown.id), 
passages AS 
(SELECT starts.id AS id, starts.text AS text, starts.starts AS starts, CASE WHEN (length(starts.text) <= 300) THEN length(starts.text) ELSE coalesce((SELECT max(words.ends) AS max_2 
FROM words 
WHERE words.id = starts.id AND words.starts >= starts.starts AND words.ends <= starts.starts + 300), starts.starts + 300) END AS ends 
FROM starts)
 SELECT CAST('{' || trim(json_object('totalCount', (SELECT count(*) AS count_1 
FROM hits)), '{}') || ',"edges":[' || coalesce(group_concat('{' || trim(json_object('cursor', lower(hex(?25 || ?26 || CAST(value_1 AS TEXT) || ?27 || CAST(value_2 AS TEXT) || ?28 || CAST(value_3 AS TEXT) || ?29 || CAST(value_4 AS TEXT) || ?30 || CAST(value_5 AS TEXT) || ?31 || CAST(value_6 AS TEXT)))), '{}') || ',"node":{' || trim(json_object(?32, CASE value_3 WHEN 0 THEN 'ACTOR' WHEN 1 THEN 'CONFLICT' WHEN 2 THEN 'DATASET' WHEN 3 THEN 'SUPPORT' WHEN 4 THEN 'STATEMENT' WHEN 5 THEN 'SOURCE' END, 'text', value_7), '{}') || ',"matches":' || value_8 || ',' || ?33 || CASE WHEN (value_9 IS NOT NULL) THEN value_9 ELSE 'null' END || '}}'), '') || '],"pageInfo":{"hasNextPage":' || CASE (SELECT count(*) AS count_2 
FROM page) > ?36 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('endCursor', (SELECT lower(hex(?37 || ?38 || CAST(anon_9.closeness AS TEXT) || ?39 || CAST(anon_9.points AS TEXT) || ?40 || CAST(anon_9.type AS TEXT) || ?41 || CAST(anon_9.field AS TEXT) || ?42 || CAST(anon_9.size AS TEXT) || ?43 || CAST(anon_9.record_id AS TEXT))) AS lower_1 
FROM (SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page
 LIMIT ?36 OFFSET ?44) AS anon_9 ORDER BY anon_9.closeness, anon_9.points, anon_9.type DESC, anon_9.field DESC, anon_9.size DESC, anon_9.record_id DESC
 LIMIT ?45 OFFSET ?46)), '{}') || '}}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_10 
FROM (SELECT shown.closeness AS value_1, shown.points AS value_2, shown.type AS value_3, shown.field AS value_4, shown.size AS value_5, shown.record_id AS value_6, substr(passages.text, passages.starts + 1, passages.ends - passages.starts) AS value_7, (SELECT '[' || coalesce(group_concat(json_object('start', spans_shown.starts, 'end', spans_shown.ends)), '') || ']' AS anon_11 
FROM (SELECT spans.starts - passages.starts AS starts, spans.ends - passages.starts AS ends 
FROM spans 
WHERE spans.id = passages.id AND spans.starts >= passages.starts AND spans.ends <= passages.ends ORDER BY spans.starts) AS spans_shown) AS value_8, coalesce((SELECT json_object('id', 'actor_' || actor_1.id, '__typename', 'Actor', 'name', actor_1.name) AS json_object_1 
FROM actor AS actor_1 
WHERE actor_1.id = shown.record_id AND shown.type = 0), (SELECT json_object('id', 'conflict_' || conflict_1.id, '__typename', 'Conflict') AS json_object_2 
FROM "conflict" AS conflict_1 
WHERE conflict_1.id = shown.record_id AND shown.type = 1), (SELECT json_object('id', 'dataset_' || dataset_1.id, '__typename', 'Dataset') AS json_object_3 
FROM dataset AS dataset_1 
WHERE dataset_1.id = shown.record_id AND shown.type = 2), (SELECT json_object('id', 'support_' || support_1.id, '__typename', 'Support') AS json_object_4 
FROM support AS support_1 
WHERE support_1.id = shown.record_id AND shown.type = 3), (SELECT json_object('id', 'statement_' || statement_1.id, '__typename', 'Statement', 'speaker', json_object('name', actor_2.name)) AS json_object_5 
FROM statement AS statement_1 LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = statement_1.speaker_id 
WHERE statement_1.id = shown.record_id AND shown.type = 4), (SELECT json_object('id', 'source_' || source_1.id, '__typename', 'Source') AS json_object_6 
FROM source AS source_1 
WHERE source_1.id = shown.record_id AND shown.type = 5)) AS value_9 
FROM shown LEFT OUTER JOIN passages ON passages.id = shown.id) AS layer
-- [null, null, null, "(\"", "\"*", "\"", " OR \"", "\"", 0, " OR \"", "\"", null, ")", " AND ", "(\"", "\"*", "\"", " OR \"", "\"", 0, ")", " AND ", 0, 1, null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "type", "\"record\":", null, 0, null, null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", 0, 1, 0, 1, 0]
