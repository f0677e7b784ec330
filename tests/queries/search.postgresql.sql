WITH asked AS 
(SELECT CAST(anon_2.value ->> 0 AS INTEGER) AS place, CAST(anon_2.value ->> 1 AS TEXT) AS word, ' ' || CAST(anon_2.value ->> 1 AS TEXT) AS beginning, ' ' || CAST(anon_2.value ->> 1 AS TEXT) || ' ' AS whole 
FROM json_array_elements(CAST($3::VARCHAR AS JSON)) AS anon_2(value)), 
alike AS 
(SELECT DISTINCT CAST(anon_3.value ->> 0 AS INTEGER) AS place, search_form_1.word AS word 
FROM json_array_elements(CAST($8::VARCHAR AS JSON)) AS anon_3(value) JOIN search_form AS search_form_1 ON search_form_1.form = CAST(anon_3.value ->> 1 AS TEXT)), 
texts AS 
(SELECT search_entry_2.id AS id 
FROM search_entry AS search_entry_2 
WHERE (array_to_tsvector(string_to_array(btrim(search_entry_2.folded), ' ')) @@ CAST((SELECT string_agg($4::VARCHAR || asked.word || $5::VARCHAR || coalesce((SELECT string_agg($6::VARCHAR || alike.word || $7::VARCHAR, '') AS string_agg_2 
FROM alike 
WHERE alike.place = asked.place), '') || $9::VARCHAR, $10::VARCHAR) AS string_agg_1 
FROM asked) AS TSQUERY)) AND search_entry_2.until_revision = 9223372036854775807 ORDER BY search_entry_2.size, search_entry_2.id 
 LIMIT 1000), 
matches AS 
(SELECT search_entry_1.id AS id, search_entry_1.type AS type, search_entry_1.record_id AS record_id, search_entry_1.field AS field, search_entry_1.size AS size, search_entry_1.text AS text, CASE WHEN (search_entry_1.folded = $1::VARCHAR) THEN 2 WHEN (substr(search_entry_1.folded, 1, length($2::VARCHAR)) = $2::VARCHAR) THEN 1 ELSE 0 END AS closeness, CAST((SELECT sum(CASE WHEN (strpos(search_entry_1.folded, asked.whole) > 0) THEN 3 WHEN (strpos(search_entry_1.folded, asked.beginning) > 0) THEN 2 WHEN (search_entry_1.type = 0 AND search_entry_1.field = 0 OR search_entry_1.type = 0 AND search_entry_1.field = 1 OR search_entry_1.type = 1 AND search_entry_1.field = 0) THEN 1 ELSE -1000 END) AS sum_1 
FROM asked) AS BIGINT) AS points 
FROM texts JOIN search_entry AS search_entry_1 ON search_entry_1.id = texts.id), 
hits AS 
(SELECT anon_1.id AS id, anon_1.type AS type, anon_1.record_id AS record_id, anon_1.field AS field, anon_1.size AS size, anon_1.closeness AS closeness, anon_1.points AS points 
FROM (SELECT matches.id AS id, matches.type AS type, matches.record_id AS record_id, matches.field AS field, matches.size AS size, matches.text AS text, matches.closeness AS closeness, matches.points AS points, row_number() OVER (PARTITION BY matches.type, matches.record_id ORDER BY matches.closeness DESC, matches.points DESC, matches.field, matches.size, matches.text, matches.id) AS nth 
FROM matches 
WHERE matches.points > 0) AS anon_1 
WHERE anon_1.nth = 1), 
page AS 
(SELECT anon_4.id AS id, anon_4.type AS type, anon_4.record_id AS record_id, anon_4.field AS field, anon_4.size AS size, anon_4.closeness AS closeness, anon_4.points AS points 
FROM (SELECT hits.id AS id, hits.type AS type, hits.record_id AS record_id, hits.field AS field, hits.size AS size, hits.closeness AS closeness, hits.points AS points 
FROM hits ORDER BY hits.closeness DESC, hits.points DESC, hits.type, hits.field, hits.size, hits.record_id 
 LIMIT 501) AS anon_4 ORDER BY anon_4.closeness DESC, anon_4.points DESC, anon_4.type, anon_4.field, anon_4.size, anon_4.record_id 
 LIMIT $20::BIGINT), 
shown AS 
(SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page 
 LIMIT $21::BIGINT), 
words AS 
(SELECT search_entry_3.id AS id, CAST(anon_9.value ->> 1 AS INTEGER) AS starts, CAST(anon_9.value ->> 2 AS INTEGER) AS ends, (EXISTS (SELECT * 
FROM asked 
WHERE substr(CAST(anon_9.value ->> 0 AS TEXT), 1, length(asked.word)) = asked.word)) OR (search_entry_3.type = 0 AND search_entry_3.field = 0 OR search_entry_3.type = 0 AND search_entry_3.field = 1 OR search_entry_3.type = 1 AND search_entry_3.field = 0) AND (EXISTS (SELECT * 
FROM alike 
WHERE alike.word = CAST(anon_9.value ->> 0 AS TEXT))) AS is_match 
FROM shown JOIN search_entry AS search_entry_3 ON search_entry_3.id = shown.id JOIN json_array_elements(CAST(search_entry_3.words AS JSON)) AS anon_9(value) ON true), 
spans AS 
(SELECT anon_7.id AS id, min(anon_7.starts) AS starts, max(anon_7.ends) AS ends 
FROM (SELECT anon_8.id AS id, anon_8.starts AS starts, anon_8.ends AS ends, sum(anon_8.is_new) OVER (PARTITION BY anon_8.id ORDER BY anon_8.starts, anon_8.ends) AS nth 
FROM (SELECT words.id AS id, words.starts AS starts, words.ends AS ends, CASE WHEN (words.starts < max(words.ends) OVER (PARTITION BY words.id ORDER BY words.starts, words.ends ROWS BETWEEN UNBOUNDED PRECEDING AND $30::INTEGER PRECEDING)) THEN 0 ELSE 1 END AS is_new 
FROM words 
WHERE words.is_match) AS anon_8) AS anon_7 GROUP BY anon_7.id, anon_7.nth), 
starts AS 
(SELECT search_entry_4.id AS id, search_entry_4.text AS text, CASE WHEN (length(search_entry_4.text) <= 300) THEN 0 ELSE coalesce((SELECT min(words.starts) AS min_1 
FROM words 
WHERE words.id = search_entry_4.id AND words.starts >= (SELECT min(anon_10.starts) AS min_2 
FROM words AS anon_10 
WHERE anon_10.id = search_entry_4.id AND anon_10.is_match) - 80), 0) END AS starts 
FROM shown JOIN search_entry AS search_entry_4 ON search_entry_4.id = shown.id), 
passages AS 
(SELECT starts.id AS id, starts.text AS text, starts.starts AS starts, CASE WHEN (length(starts.text) <= 300) THEN length(starts.text) ELSE coalesce((SELECT max(words.ends) AS max_2 
FROM words 
WHERE words.id = starts.id AND words.starts >= starts.starts AND words.ends <= starts.starts + 300), starts.starts + 300) END AS ends 
FROM starts)
 SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_1 
FROM hits)), 'null'), ',"edges":[', string_agg(concat('{"cursor":"', encode(convert_to($11::VARCHAR || $12::VARCHAR || CAST(value_1 AS TEXT) || $13::VARCHAR || CAST(value_2 AS TEXT) || $14::VARCHAR || CAST(value_3 AS TEXT) || $15::VARCHAR || CAST(value_4 AS TEXT) || $16::VARCHAR || CAST(value_5 AS TEXT) || $17::VARCHAR || CAST(value_6 AS TEXT), 'UTF8'), 'hex'), '","node":{', $18::VARCHAR, '"', CASE value_3 WHEN 0 THEN 'ACTOR' WHEN 1 THEN 'CONFLICT' WHEN 2 THEN 'SUPPORT' WHEN 3 THEN 'STATEMENT' WHEN 4 THEN 'SOURCE' END, '","text":', coalesce(to_json(value_7), 'null'), ',"matches":', value_8, ',', $19::VARCHAR, coalesce(value_9, 'null'), '}}'), ',' ORDER BY value_1 DESC, value_2 DESC, value_3, value_4, value_5, value_6), '],"pageInfo":{"hasNextPage":', coalesce(CAST((SELECT count(*) AS count_2 
FROM page) > $21::BIGINT AS TEXT), 'null'), ',"endCursor":', coalesce('"' || (SELECT encode(convert_to($22::VARCHAR || $23::VARCHAR || CAST(anon_5.closeness AS TEXT) || $24::VARCHAR || CAST(anon_5.points AS TEXT) || $25::VARCHAR || CAST(anon_5.type AS TEXT) || $26::VARCHAR || CAST(anon_5.field AS TEXT) || $27::VARCHAR || CAST(anon_5.size AS TEXT) || $28::VARCHAR || CAST(anon_5.record_id AS TEXT), 'UTF8'), 'hex') AS encode_1 
FROM (SELECT page.id AS id, page.type AS type, page.record_id AS record_id, page.field AS field, page.size AS size, page.closeness AS closeness, page.points AS points 
FROM page 
 LIMIT $21::BIGINT) AS anon_5 ORDER BY anon_5.closeness, anon_5.points, anon_5.type DESC, anon_5.field DESC, anon_5.size DESC, anon_5.record_id DESC 
 LIMIT $29::INTEGER) || '"', 'null'), '}}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_6 
FROM (SELECT shown.closeness AS value_1, shown.points AS value_2, shown.type AS value_3, shown.field AS value_4, shown.size AS value_5, shown.record_id AS value_6, substr(passages.text, passages.starts + 1, passages.ends - passages.starts) AS value_7, (SELECT concat('[', string_agg(concat('{"start":', coalesce(to_json(spans_shown.starts), 'null'), ',"end":', coalesce(to_json(spans_shown.ends), 'null'), '}'), ',' ORDER BY spans_shown.starts), ']') AS concat_2 
FROM (SELECT spans.starts - passages.starts AS starts, spans.ends - passages.starts AS ends 
FROM spans 
WHERE spans.id = passages.id AND spans.starts >= passages.starts AND spans.ends <= passages.ends ORDER BY spans.starts) AS spans_shown) AS value_8, coalesce((SELECT concat('{"id":"actor_', actor_1.id, '","__typename":"Actor","name":', coalesce(to_json(actor_1.name), 'null'), '}') AS concat_3 
FROM actor AS actor_1 
WHERE actor_1.id = shown.record_id AND shown.type = 0), (SELECT concat('{"id":"conflict_', conflict_1.id, '","__typename":"Conflict"}') AS concat_4 
FROM conflict AS conflict_1 
WHERE conflict_1.id = shown.record_id AND shown.type = 1), (SELECT concat('{"id":"support_', support_1.id, '","__typename":"Support"}') AS concat_5 
FROM support AS support_1 
WHERE support_1.id = shown.record_id AND shown.type = 2), (SELECT concat('{"id":"statement_', statement_1.id, '","__typename":"Statement","speaker":{"name":', coalesce(to_json(actor_2.name), 'null'), '}}') AS concat_6 
FROM statement AS statement_1 LEFT OUTER JOIN actor AS actor_2 ON actor_2.id = statement_1.speaker_id 
WHERE statement_1.id = shown.record_id AND shown.type = 3), (SELECT concat('{"id":"source_', source_1.id, '","__typename":"Source"}') AS concat_7 
FROM source AS source_1 
WHERE source_1.id = shown.record_id AND shown.type = 4)) AS value_9 
FROM shown LEFT OUTER JOIN passages ON passages.id = shown.id) AS layer
-- [null, null, null, "('", "':*", " | '", "'", null, ")", " & ", null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\"type\":", "\"record\":", null, null, null, "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", "\u001f", 1, 1]
