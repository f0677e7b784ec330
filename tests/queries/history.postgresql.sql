SELECT (SELECT concat('{', $1::VARCHAR, value_1, '}') AS concat_1 
FROM (SELECT (WITH changed_page AS 
(SELECT anon_2.revision AS revision, anon_2.place AS place, anon_2.record_id AS record_id, anon_2.record AS record, anon_2.type AS type, anon_2.action AS action 
FROM (SELECT anon_3.revision AS revision, anon_3.place AS place, anon_3.record_id AS record_id, anon_3.record AS record, anon_3.type AS type, anon_3.action AS action 
FROM (SELECT anon_4.revision AS revision, anon_4.place AS place, anon_4.record_id AS record_id, anon_4.record AS record, anon_4.type AS type, anon_4.action AS action 
FROM (SELECT actor_history_1.from_revision AS revision, 0 AS place, actor_history_1.id AS record_id, 'actor_' || actor_history_1.id AS record, 'ACTOR' AS type, CASE WHEN (EXISTS (SELECT * 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.id = actor_history_1.id AND actor_history_2.until_revision = actor_history_1.from_revision)) THEN 'UPDATED' ELSE 'CREATED' END AS action 
FROM actor_history AS actor_history_1 
WHERE actor_history_1.id = actor_1.id ORDER BY revision DESC, record_id DESC 
 LIMIT 501) AS anon_4 ORDER BY anon_4.revision DESC, anon_4.record_id DESC 
 LIMIT $2::BIGINT) AS anon_3 ORDER BY revision DESC, place DESC, record_id DESC 
 LIMIT 501) AS anon_2 ORDER BY anon_2.revision DESC, anon_2.place DESC, anon_2.record_id DESC 
 LIMIT $2::BIGINT)
 SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_1 
FROM actor_history AS actor_history_3 
WHERE actor_history_3.id = actor_1.id)), 'null'), ',"nodes":[', string_agg(concat('{', $3::VARCHAR, '{"number":', coalesce(to_json(value_1), 'null'), ',"author":', coalesce(to_json(value_2), 'null'), '},', $4::VARCHAR, '"', value_3, '",', $5::VARCHAR, value_4, '}'), ',' ORDER BY value_5 DESC, value_6 DESC, value_7 DESC), ']}') AS concat_2 
FROM (SELECT revision_1.number AS value_1, revision_1.author AS value_2, anon_5.action AS value_3, (SELECT concat('[', array_to_string(ARRAY[CASE WHEN (states.state_0 IS DISTINCT FROM states.state_1) THEN concat('{', $6::VARCHAR, '"slug",', $7::VARCHAR, coalesce(to_json(states.state_0), 'null'), ',', $8::VARCHAR, coalesce(to_json(states.state_1), 'null'), '}') END, CASE WHEN (states.state_2 IS DISTINCT FROM states.state_3) THEN concat('{', $9::VARCHAR, '"name",', $10::VARCHAR, coalesce(to_json(states.state_2), 'null'), ',', $11::VARCHAR, coalesce(to_json(states.state_3), 'null'), '}') END, CASE WHEN (states.state_4 IS DISTINCT FROM states.state_5) THEN concat('{', $12::VARCHAR, '"kind",', $13::VARCHAR, coalesce(to_json(states.state_4), 'null'), ',', $14::VARCHAR, coalesce(to_json(states.state_5), 'null'), '}') END, CASE WHEN (states.state_6 IS DISTINCT FROM states.state_7) THEN concat('{', $15::VARCHAR, '"description",', $16::VARCHAR, coalesce(to_json(states.state_6), 'null'), ',', $17::VARCHAR, coalesce(to_json(states.state_7), 'null'), '}') END, CASE WHEN (states.state_8 IS DISTINCT FROM states.state_9) THEN concat('{', $18::VARCHAR, '"aliases",', $19::VARCHAR, coalesce(to_json(states.state_8), 'null'), ',', $20::VARCHAR, coalesce(to_json(states.state_9), 'null'), '}') END, CASE WHEN (states.state_10 IS DISTINCT FROM states.state_11) THEN concat('{', $21::VARCHAR, '"codes",', $22::VARCHAR, coalesce(to_json(states.state_10), 'null'), ',', $23::VARCHAR, coalesce(to_json(states.state_11), 'null'), '}') END], ','), ']') AS concat_3 
FROM (SELECT actor_history_4.slug AS state_0, actor_history_5.slug AS state_1, actor_history_4.name AS state_2, actor_history_5.name AS state_3, actor_history_4.kind AS state_4, actor_history_5.kind AS state_5, actor_history_4.description AS state_6, actor_history_5.description AS state_7, (SELECT nullif(concat('[', string_agg(concat(coalesce(to_json(listed.name), 'null')), ',' ORDER BY listed.name), ']'), '[]') AS nullif_1 
FROM (SELECT actor_alias_history_1.name AS name 
FROM actor_alias_history AS actor_alias_history_1 
WHERE actor_alias_history_1.actor_id = actor_history_4.id AND actor_alias_history_1.from_revision <= anon_5.revision - 1 AND actor_alias_history_1.until_revision > anon_5.revision - 1 ORDER BY actor_alias_history_1.name) AS listed) AS state_8, (SELECT nullif(concat('[', string_agg(concat(coalesce(to_json(listed.name), 'null')), ',' ORDER BY listed.name), ']'), '[]') AS nullif_2 
FROM (SELECT actor_alias_history_2.name AS name 
FROM actor_alias_history AS actor_alias_history_2 
WHERE actor_alias_history_2.actor_id = actor_history_5.id AND actor_alias_history_2.from_revision <= anon_5.revision AND actor_alias_history_2.until_revision > anon_5.revision ORDER BY actor_alias_history_2.name) AS listed) AS state_9, (SELECT nullif(concat('[', string_agg(concat('{"scheme":', coalesce(to_json(listed.scheme), 'null'), ',"value":', coalesce(to_json(listed.value), 'null'), '}'), ',' ORDER BY listed.scheme, listed.value), ']'), '[]') AS nullif_3 
FROM (SELECT actor_code_history_1.scheme AS scheme, actor_code_history_1.value AS value 
FROM actor_code_history AS actor_code_history_1 
WHERE actor_code_history_1.actor_id = actor_history_4.id AND actor_code_history_1.from_revision <= anon_5.revision - 1 AND actor_code_history_1.until_revision > anon_5.revision - 1 ORDER BY actor_code_history_1.scheme, actor_code_history_1.value) AS listed) AS state_10, (SELECT nullif(concat('[', string_agg(concat('{"scheme":', coalesce(to_json(listed.scheme), 'null'), ',"value":', coalesce(to_json(listed.value), 'null'), '}'), ',' ORDER BY listed.scheme, listed.value), ']'), '[]') AS nullif_4 
FROM (SELECT actor_code_history_2.scheme AS scheme, actor_code_history_2.value AS value 
FROM actor_code_history AS actor_code_history_2 
WHERE actor_code_history_2.actor_id = actor_history_5.id AND actor_code_history_2.from_revision <= anon_5.revision AND actor_code_history_2.until_revision > anon_5.revision ORDER BY actor_code_history_2.scheme, actor_code_history_2.value) AS listed) AS state_11 
FROM (SELECT 1 AS one) AS anon_6 LEFT OUTER JOIN actor_history AS actor_history_4 ON actor_history_4.id = anon_5.record_id AND actor_history_4.from_revision <= anon_5.revision - 1 AND actor_history_4.until_revision > anon_5.revision - 1 LEFT OUTER JOIN actor_history AS actor_history_5 ON actor_history_5.id = anon_5.record_id AND actor_history_5.from_revision <= anon_5.revision AND actor_history_5.until_revision > anon_5.revision 
WHERE anon_5.type = 'ACTOR') AS states) AS value_4, anon_5.revision AS value_5, anon_5.place AS value_6, anon_5.record_id AS value_7 
FROM (SELECT changed_page.revision AS revision, changed_page.place AS place, changed_page.record_id AS record_id, changed_page.record AS record, changed_page.type AS type, changed_page.action AS action 
FROM changed_page 
 LIMIT $2::BIGINT) AS anon_5 LEFT OUTER JOIN revision AS revision_1 ON revision_1.number = anon_5.revision) AS layer) AS value_1 
FROM actor AS actor_1 
WHERE actor_1.id = coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = $24::VARCHAR COLLATE "C"), (SELECT former_actor_1.actor_id 
FROM former_actor AS former_actor_1 
WHERE former_actor_1.slug = $24::VARCHAR COLLATE "C"))) AS layer) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_7
-- ["\"history\":", null, "\"revision\":", "\"action\":", "\"fields\":", "\"field\":", "\"before\":", "\"after\":", "\"field\":", "\"before\":", "\"after\":", "\"field\":", "\"before\":", "\"after\":", "\"field\":", "\"before\":", "\"after\":", "\"field\":", "\"before\":", "\"after\":", "\"field\":", "\"before\":", "\"after\":", null]
