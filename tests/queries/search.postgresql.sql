WITH asked AS MATERIALIZED 
(SELECT CAST(anon_2.value ->> 0 AS INTEGER) AS place, CAST(anon_2.value ->> 1 AS TEXT) AS word, CAST(anon_2.value ->> 2 AS TEXT) AS after, ' ' || CAST(anon_2.value ->> 1 AS TEXT) AS beginning, ' ' || CAST(anon_2.value ->> 1 AS TEXT) || ' ' AS whole 
FROM json_array_elements(CAST($3::VARCHAR AS JSON)) AS anon_2(value)), 
alike AS MATERIALIZED 
(SELECT DISTINCT CAST(anon_6.value ->> 0 AS INTEGER) AS place, search_form_1.word AS word 
FROM json_array_elements(CAST($11::VARCHAR AS JSON)) AS anon_6(value) JOIN search_form AS search_form_1 ON search_form_1.form = CAST(anon_6.value ->> 1 AS TEXT)), 
names AS 
(SELECT (SELECT string_agg($4::VARCHAR || asked.word || CASE WHEN (length(asked.word) <= 4) THEN $5::VARCHAR ELSE $6::VARCHAR END || coalesce((SELECT string_agg($7::VARCHAR || anon_5.word || $8::VARCHAR, '') AS string_agg_2 
FROM (SELECT search_vocabulary_1.word AS word 
FROM search_vocabulary AS search_vocabulary_1 
WHERE length(asked.word) > 4 AND search_vocabulary_1.word > asked.word AND search_vocabulary_1.word < asked.after ORDER BY search_vocabulary_1.word 
 LIMIT 50) AS anon_5 
WHERE true), '') || coalesce((SELECT string_agg($9::VARCHAR || alike.word || $10::VARCHAR, '') AS string_agg_3 
FROM alike 
WHERE alike.place = asked.place), '') || $12::VARCHAR, $13::VARCHAR) AS string_agg_1 
FROM asked) AS query), 
plain AS 
(SELECT (SELECT string_agg($14::VARCHAR || asked.word || CASE WHEN (length(asked.word) <= 4) THEN $15::VARCHAR ELSE $16::VARCHAR END || coalesce((SELECT string_agg($17::VARCHAR || anon_9.word || $18::VARCHAR, '') AS string_agg_5 
FROM (SELECT search_vocabulary_2.word AS word 
FROM search_vocabulary AS search_vocabulary_2 
WHERE length(asked.word) > 4 AND search_vocabulary_2.word > asked.word AND search_vocabulary_2.word < asked.after ORDER BY search_vocabulary_2.word 
 LIMIT 50) AS anon_9 
WHERE true), '') || $19::VARCHAR, $20::VARCHAR) AS string_agg_4 
FROM asked) AS query), 
texts AS 
(SELECT anon_3.id AS id 
FROM (SELECT anon_4.id AS id 
FROM (SELECT search_entry_2.id AS id 
FROM search_entry AS search_entry_2 
WHERE search_entry_2.type = 0 AND (array_to_tsvector(string_to_array(btrim(search_entry_2.folded), ' ')) @@ CAST((SELECT names.query 
FROM names) AS TSQUERY)) AND search_entry_2.until_revision = 9223372036854775807 AND (search_entry_2.type = 0 AND search_entry_2.field = 0 OR search_entry_2.type = 0 AND search_entry_2.field = 1 OR search_entry_2.type = 1 AND search_entry_2.field = 0 OR CAST((SELECT sum(CASE WHEN (strpos(search_entry_2.folded, asked.whole) > 0) THEN 3 WHEN (strpos(search_entry_2.folded, asked.beginning) > 0) THEN 2 WHEN (search_entry_2.type = 0 AND search_entry_2.field = 0 OR search_entry_2.type = 0 AND search_entry_2.field = 1 OR search_entry_2.type = 1 AND search_entry_2.field = 0) THEN 1 ELSE -1000 END) AS sum_2 
FROM asked) AS BIGINT) > 0) ORDER BY search_entry_2.size, search_entry_2.id 
 LIMIT 100) AS anon_4 UNION ALL SELECT anon_7.id AS id 
FROM (SELECT search_entry_2.id AS id 
FROM search_entry AS search_entry_2 
WHERE search_entry_2.type = 1 AND (array_to_tsvector(string_to_array(btrim(search_entry_2.folded), ' ')) @@ CAST((SELECT names.query 
FROM names) AS TSQUERY)) AND search_entry_2.until_revision = 9223372036854775807 AND (search_entry_2.type = 0 AND search_entry_2.field = 0 OR search_entry_2.type = 0 AND search_entry_2.field = 1 OR search_entry_2.type = 1 AND search_entry_2.field = 0 OR CAST((SELECT sum(CASE WHEN (strpos(search_entry_2.folded, asked.whole) > 0) THEN 3 WHEN (strpos(search_entry_2.folded, asked.beginning) > 0) THEN 2 WHEN (search_entry_2.type = 0 AND search_entry_2.field = 0 OR search_entry_2.type = 0 AND search_entry_2.field = 1 OR search_entry_2.type = 1 AND search_entry_2.field = 0) THEN 1 ELSE -1000 END) AS sum_2 
FROM asked) AS BIGINT) > 0) ORDER BY search_entry_2.size, search_entry_2.id 
 LIMIT 100) AS anon_7 UNION ALL SELECT anon_8.id AS id 
FROM (SELECT search_entry_2.id AS id 
FROM search_entry AS search_entry_2 
WHERE search_entry_2.type = 2 AND (array_to_tsvector(string_to_array(btrim(search_entry_2.folded), ' ')) @@ CAST((SELECT plain.query 
FROM plain) AS TSQUERY)) AND search_entry_2.until_revision = 9223372036854775807 ORDER BY search_entry_2.size, search_entry_2.id 
 LIMIT 100) AS anon_8 UNION ALL SELECT anon_10.id AS id 
FROM (SELECT search_entry_2.id AS id 
FROM search_entry AS search_entry_2 
WHERE search_entry_2.type = 3 AND (array_to_tsvector(string_to_array(btrim(search_entry_2.folded), ' ')) @@ CAST((SELECT plain.query 
FROM plain) AS TSQUERY)) AND search_entry_2.until_revision = 9223372036854775807 ORDER BY search_entry_2.size, search_entry_2.id 
 LIMIT 100) AS anon_10 UNION ALL SELECT anon_11.id AS id 
FROM (SELECT search_entry_2.id AS id 
FROM search_entry AS search_entry_2 
WHERE search_entry_2.type = 4 AND (array_to_tsvector(string_to_array(btrim(search_entry_2.folded), ' ')) @@ CAST((SELECT plain.query 
FROM plain) AS TSQUERY)) AND search_entry_2.until_revision = 9223372036854775807 ORDER BY search_entry_2.size, search_entry_2.id 
 LIMIT 100) AS anon_11 UNION ALL SELECT anon_12.id AS id 
FROM (SELECT search_entry_2.id AS id 
FROM search_entry AS search_entry_2 
WHERE search_entry_2.type = 5 AND (array_to_tsvector(string_to_array(btrim(search_entry_2.folded), ' ')) @@ CAST((SELECT plain.query 
FROM plain) AS TSQUERY)) AND search_entry_2.until_revision = 9223372036854775807 ORDER BY search_entry_2.size, search_entry_2.id 
 LIMIT 100) AS anon_12) AS anon_3), 
matches AS 
(SELECT search_entry_1.id AS id, search_entry_1.type AS type, search_entry_1.record_id AS record_id, search_entry_1.field AS field, search_entry_1.size AS size, search_entry_1.text AS text, CASE WHEN (search_entry_1.folded = $1::VARCHAR) THEN 2 WHEN (substr(search_entry_1.folded, 1, length($2::VARCHAR)) = $2::VARCHAR) THEN 1 ELSE 0 END AS closeness, CAST((SELECT sum(CASE WHEN (strpos(search_entry_1.folded, asked.whole) > 0) THEN 3 WHEN (strpos(search_entry_1.folded, asked.beginning) > 0) THEN 2 WHEN (search_entry_1.type = 0 AND search_entry_1.field = 0 OR search_entry_1.type = 0 AND search_entry_1.field = 1 OR search_entry_1.type = 1 AND search_entry_1.field = 0) THEN 1 ELSE -1000 END) AS sum_1 
FROM asked) AS BIGINT) AS points 
FROM texts JOIN search_entry AS search_entry_1 ON search_entry_1.id = texts.id), 
hits AS 
(SELECT anon_1.id AS id, anon_1.type AS type, anon_1.record_id AS record_id, anon_1.field AS field, anon_1.size AS size, anon_1.closeness AS closeness, anon_1.points AS points 
FROM (SELECT matches.id AS id, matches.type AS type, matches.record_id AS record_id, matches.field AS field, matches.size AS size, matches.text AS text, matches.closeness AS closeness, matches.points AS points, row_number() OVER (PARTITION BY matches.type, matches.record_id ORDER BY matches.closeness DESC, matches.points DESC, matches.field, matches.size, matches.text, matches.id) AS nth 
FROM matches) AS anon_1 
WHERE anon_1.nth = 1), 
page AS 
(SELECT anon_13.id AS id, anon_13.type AS type, anon_13.record_id AS record_id, anon_13.field AS field, anon_13.size AS size, anon_13.closeness AS closeness, anon_13.points AS points 
FROM (SELECT hits.id AS id, hits.type AS type, hits.record_id AS record_id, hits.field AS field, hits.size AS size, hits.closeness AS closeness, hits.points AS points 
FROM hits ORDER BY hits.closeness DESC, hits.points DESC, hits.type, hits.field, hits.size, hits.record_id 
 LIMIT 501) AS anon_13 ORDER BY anon_13.closeness DESC, anon_13.points DESC, anon_13.type, anon_13.field, anon_13.size, anon_13.record_id 
 LIMIT $30::BIGINT), 
shown AS 
(SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page 
 LIMIT $31::BIGINT), 
words AS 
(SELECT search_entry_3.id AS id, CAST(anon_18.value ->> 1 AS INTEGER) AS starts, CAST(anon_18.value ->> 2 AS INTEGER) AS ends, (EXISTS (SELECT * 
FROM asked 
WHERE substr(CAST(anon_18.value ->> 0 AS TEXT), 1, length(asked.word)) = asked.word)) OR (search_entry_3.type = 0 AND search_entry_3.field = 0 OR search_entry_3.type = 0 AND search_entry_3.field = 1 OR search_entry_3.type = 1 AND search_entry_3.field = 0) AND (EXISTS (SELECT * 
FROM alike 
WHERE alike.word = CAST(anon_18.value ->> 0 AS TEXT))) AS is_match 
FROM shown JOIN search_entry AS search_entry_3 ON search_entry_3.id = shown.id JOIN json_array_elements(CAST(search_entry_3.words AS JSON)) AS anon_18(value) ON true), 
spans AS 
(SELECT anon_16.id AS id, min(anon_16.starts) AS starts, max(anon_16.ends) AS ends 
FROM (SELECT anon_17.id AS id, anon_17.starts AS starts, anon_17.ends AS ends, sum(anon_17.is_new) OVER (PARTITION BY anon_17.id ORDER BY anon_17.starts, anon_17.ends) AS nth 
FROM (SELECT words.id AS id, words.starts AS starts, words.ends AS ends, CASE WHEN (words.starts < max(words.ends) OVER (PARTITION BY words.id ORDER BY words.starts, words.ends ROWS BETWEEN UNBOUNDED PRECEDING AND $40::INTEGER PRECEDING)) THEN 0 ELSE 1 END AS is_new 
FROM words 
WHERE words.is_match) AS anon_17) AS anon_16 GROUP BY anon_16.id, anon_16.nth), 
starts AS 
(SELECT search_entry_4.id AS id, search_entry_4.text AS text, CASE WHEN (length(search_entry_4.text) <= 300) THEN 0 ELSE coalesce((SELECT min(words.starts) AS min_1 
FROM words 
WHERE words.id = search_entry_4.id AND words.starts >= (SELECT min(anon_19.starts) AS min_2 
FROM words AS anon_19 
WHERE anon_19.id = search_entry_4.id AND anon_19.is_match) - 80), 0) END AS starts 
FROM shown JOIN search_entry AS search_entry_4 ON search_entry_4.id = shown.id), 
passages AS 
(SELECT starts.id AS id, starts.text AS text, starts.starts AS starts, CASE WHEN (length(starts.text) <= 300) THEN length(starts.text) ELSE coalesce((SELECT max(words.ends) AS max_2 
FROM words 
WHERE words.id = starts.id AND words.starts >= starts.starts AND words.ends <= starts.starts + 300), starts.starts + 300) END AS ends 
FROM starts)
 SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_1 
FROM hits)), 'null'), ',"edges":[', string_agg(concat('{"cursor":"', encode(convert_to($21::VARCHAR || $22::VARCHAR || CAST(value_1 AS TEXT) || $23::VARCHAR || CAST(value_2 AS TEXT) || $24::VARCHAR || CAST(value_3 AS TEXT) || $25::VARCHAR || CAST(value_4 AS TEXT) || $26::VARCHAR || CAST(value_5 AS TEXT) || $27::VARCHAR || CAST(value_6 AS TEXT), 'UTF8'), 'hex'), '","node":{', $28::VARCHAR, '"', CASE value_3 WHEN 0 THEN 'ACTOR' WHEN 1 THEN 'CONFLICT' WHEN 2 THEN 'DATASET' WHEN 3 THEN 'SUPPORT' WHEN 4 THEN 'STATEMENT' WHEN 5 THEN 'SOURCE' END, '","text":', coalesce(to_json(value_7), 'null'), ',"matches":', value_8, ',', $29::VARCHAR, coalesce(value_9, 'null'), '}}'), ',' ORDER BY value_1 DESC, value_2 DESC, value_3, value_4, value_5, value_6), '],"pageInfo":{"hasNextPage":', coalesce(CAST((SELECT count(*) AS count_2 
FROM page) > $31::BIGINT AS TEXT), 'null'), ',"endCursor":', coalesce('"' || (SELECT encode(convert_to($32::VARCHAR || $33::VARCHAR || CAST(anon_14.closeness AS TEXT) || $34::VARCHAR || CAST(anon_14.points AS TEXT) || $35::VARCHAR || CAST(anon_14.type AS TEXT) || $36::VARCHAR || CAST(anon_14.field AS TEXT) || $37::VARCHAR || CAST(anon_14.size AS TEXT) || $38::VARCHAR || CAST(anon_14.record_id AS TEXT), 'UTF8'), 'hex') AS encode_1 
FROM (SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page 
 LIMIT $31::BIGINT) AS anon_14 ORDER BY anon_14.closeness, anon_14.points, anon_14.type DESC, anon_14.field DESC, anon_14.size DESC, anon_14.record_id DESC 
 LIMIT $39::INTEGER) || '"', 'null'), '}}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_15 
FROM (SELECT shown.closeness AS value_1, shown.points AS value_2, shown.type AS value_3, shown.field AS value_4, shown.size AS value_5, shown.record_id AS value_6, substr(passages.text, passages.starts + 1, passages.ends - passages.starts) AS value_7, (SELECT concat('[', string_agg(concat('{"start":', coalesce(to_json(spans_shown.starts), 'null'), ',"end":', coalesce(to_json(spans_shown.ends), 'null'), '}'), ',' ORDER BY spans_shown.starts), ']') AS concat_2 
FROM (SELECT spans.starts - passages.starts AS starts, spans.ends - passages.starts AS ends 
FROM spans 
WHERE spans.id = passages.id AND spans.starts >= passages.starts AND spans.ends <= passages.ends ORDER BY spans.starts) AS spans_shown) AS value_8, coalesce((SELECT concat('{"id":"actor_', actor_1.id, '","__typename":"Actor","name":', coalesce(to_json(actor_1.name), 'null'), '}') AS concat_3 
FROM actor AS actor_1 
WHERE actor_1.id = shown.record_id AND shown.type = 0), (SELECT concat('{"id":"conflict_', conflict_1.id, '","__typename":"Conflict"}') AS concat_4 
FROM conflict AS conflict_1 
WHERE conflict_1.id = shown.record_id AND shown.type = 1), (SELECT concat('{"id":"dataset_', dataset_1.id, '","__typename":"Dataset"}') AS concat_5 
FROM dataset AS dataset_1 
WHERE dataset_1.id = shown.record_id AND shown.type = 2), (SELECT concat('{"id":"support_', support_1.id, '","__typename":"Support"}') AS concat_6 
FROM support AS support_1 
WHERE support_1.id = shown.record_id AND shown.type = 3), (SELECT concat('{"id":"statement_', statement_1.id, '","__typename":"Statement","speaker":{"name":', coalesce(to_json(actor_2.name), 'null'), '}}') AS concat_7 
FROM statement AS statement_1 LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = statement_1.speaker_id 
WHERE statement_1.id = shown.record_id AND shown.type = 4), (SELECT concat('{"id":"source_', source_1.id, '","__typename":"Source"}') AS concat_8 
FROM source AS source_1 
WHERE source_1.id = shown.record_id AND shown.type = 5)) AS value_9 
FROM shown LEFT OUTER JOIN passages ON passages.id = shown.id) AS layer
-- [null, null, null, "('", "':*", "'", " | '", "'", " | '", "'", null, ")", " & ", "('", "':*", "'", " | '", "'", ")", " & ", null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\"type\":", "\"record\":", null, null, null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", 1, 1]
