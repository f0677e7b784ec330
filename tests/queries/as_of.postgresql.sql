WITH page AS 
(SELECT anon_1.id AS id, anon_1.page_key_0 AS page_key_0, anon_1.page_key_text_0 AS page_key_text_0 
FROM (SELECT support_history_1.id AS id, support_history_1.started_on_earliest AS page_key_0, support_history_1.started_on_earliest AS page_key_text_0 
FROM support_history AS support_history_1 
WHERE support_history_1.from_revision <= $1::BIGINT AND support_history_1.until_revision > $1::BIGINT AND support_history_1.recipient_id IN (SELECT actor_history_1.id 
FROM actor_history AS actor_history_1 
WHERE actor_history_1.id = coalesce((SELECT actor_history_2.id 
FROM actor_history AS actor_history_2 
WHERE actor_history_2.slug = $2::VARCHAR COLLATE "C" AND actor_history_2.from_revision <= $1::BIGINT AND actor_history_2.until_revision > $1::BIGINT), (SELECT former_slug_history_1.record_id 
FROM former_slug_history AS former_slug_history_1 
WHERE former_slug_history_1.record_type = 'actor' AND former_slug_history_1.slug = $2::VARCHAR COLLATE "C" AND former_slug_history_1.from_revision <= $1::BIGINT AND former_slug_history_1.until_revision > $1::BIGINT)) AND actor_history_1.from_revision <= $1::BIGINT AND actor_history_1.until_revision > $1::BIGINT) AND support_history_1.id IN (SELECT evidence_history_1.support_id 
FROM evidence_history AS evidence_history_1 
WHERE evidence_history_1.support_id IS NOT NULL AND evidence_history_1.stance = $3::VARCHAR COLLATE "C" AND evidence_history_1.from_revision <= $1::BIGINT AND evidence_history_1.until_revision > $1::BIGINT) ORDER BY support_history_1.started_on_earliest DESC, support_history_1.id DESC 
 LIMIT 501) AS anon_1 ORDER BY anon_1.page_key_0 DESC, anon_1.id DESC 
 LIMIT $4::BIGINT)
 SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_1 
FROM support_history AS support_history_2 
WHERE support_history_2.from_revision <= $1::BIGINT AND support_history_2.until_revision > $1::BIGINT AND support_history_2.recipient_id IN (SELECT actor_history_3.id 
FROM actor_history AS actor_history_3 
WHERE actor_history_3.id = coalesce((SELECT actor_history_4.id 
FROM actor_history AS actor_history_4 
WHERE actor_history_4.slug = $5::VARCHAR COLLATE "C" AND actor_history_4.from_revision <= $1::BIGINT AND actor_history_4.until_revision > $1::BIGINT), (SELECT former_slug_history_2.record_id 
FROM former_slug_history AS former_slug_history_2 
WHERE former_slug_history_2.record_type = 'actor' AND former_slug_history_2.slug = $5::VARCHAR COLLATE "C" AND former_slug_history_2.from_revision <= $1::BIGINT AND former_slug_history_2.until_revision > $1::BIGINT)) AND actor_history_3.from_revision <= $1::BIGINT AND actor_history_3.until_revision > $1::BIGINT) AND support_history_2.id IN (SELECT evidence_history_2.support_id 
FROM evidence_history AS evidence_history_2 
WHERE evidence_history_2.support_id IS NOT NULL AND evidence_history_2.stance = $6::VARCHAR COLLATE "C" AND evidence_history_2.from_revision <= $1::BIGINT AND evidence_history_2.until_revision > $1::BIGINT))), 'null'), ',"nodes":[', string_agg(concat('{"kind":"', value_1, '","supporter":', CASE WHEN (value_4 IS NOT NULL) THEN concat('{"name":', coalesce(to_json(value_2), 'null'), ',"aliases":', value_3, '}') ELSE 'null' END, ',"evidence":', value_5, ',"assessment":', value_6, '}'), ',' ORDER BY value_7 DESC, value_8 DESC), '],"pageInfo":{"hasNextPage":', coalesce(CAST((SELECT count(*) AS count_2 
FROM page) > $7::BIGINT AS TEXT), 'null'), '}}') AS concat_1, $1::BIGINT AS anon_2 
FROM (SELECT support_history_3.kind AS value_1, actor_history_5.name AS value_2, (SELECT concat('[', string_agg(concat('{"name":', coalesce(to_json(listed.name), 'null'), '}'), ',' ORDER BY listed.name, coalesce(listed.language, ''), listed.kind, coalesce(listed.started_on, ''), coalesce(listed.ended_on, '')), ']') AS concat_2 
FROM (SELECT actor_alias_history_1.name AS name, actor_alias_history_1.language AS language, actor_alias_history_1.kind AS kind, actor_alias_history_1.started_on AS started_on, actor_alias_history_1.ended_on AS ended_on 
FROM actor_alias_history AS actor_alias_history_1 
WHERE actor_alias_history_1.actor_id = actor_history_5.id AND actor_alias_history_1.from_revision <= $1::BIGINT AND actor_alias_history_1.until_revision > $1::BIGINT ORDER BY actor_alias_history_1.name, coalesce(actor_alias_history_1.language, ''), actor_alias_history_1.kind, coalesce(actor_alias_history_1.started_on, ''), coalesce(actor_alias_history_1.ended_on, '')) AS listed) AS value_3, actor_history_5.id AS value_4, (SELECT concat('{"nodes":[', string_agg(concat('{"statement":{"mentions":', value_1, '}}'), ',' ORDER BY value_2), ']}') AS concat_3 
FROM (SELECT (SELECT concat('{"nodes":[', string_agg(concat('{"name":', coalesce(to_json(anon_3.name), 'null'), '}'), ',' ORDER BY anon_3.id), ']}') AS concat_4 
FROM (SELECT anon_4.id AS id, anon_4.name AS name 
FROM (SELECT actor_history_6.id AS id, actor_history_6.name AS name 
FROM mention_history AS mention_history_1 JOIN actor_history AS actor_history_6 ON actor_history_6.id = mention_history_1.actor_id 
WHERE actor_history_6.from_revision <= $1::BIGINT AND actor_history_6.until_revision > $1::BIGINT AND mention_history_1.from_revision <= $1::BIGINT AND mention_history_1.until_revision > $1::BIGINT AND mention_history_1.statement_id = statement_history_1.id ORDER BY actor_history_6.id 
 LIMIT 501) AS anon_4 ORDER BY anon_4.id 
 LIMIT $8::BIGINT) AS anon_3) AS value_1, anon_5.id AS value_2 
FROM (SELECT anon_6.id AS id, anon_6.statement_id AS statement_id 
FROM (SELECT evidence_history_3.id AS id, evidence_history_3.statement_id AS statement_id 
FROM evidence_history AS evidence_history_3 
WHERE evidence_history_3.from_revision <= $1::BIGINT AND evidence_history_3.until_revision > $1::BIGINT AND evidence_history_3.support_id = support_history_3.id ORDER BY evidence_history_3.id 
 LIMIT 501) AS anon_6 ORDER BY anon_6.id 
 LIMIT $9::BIGINT) AS anon_5 LEFT OUTER JOIN statement_history AS statement_history_1 ON statement_history_1.id = anon_5.statement_id AND statement_history_1.from_revision <= $1::BIGINT AND statement_history_1.until_revision > $1::BIGINT) AS layer) AS value_5, (SELECT concat('{"asserting":', coalesce(to_json(count(*) FILTER (WHERE evidence_history_4.stance = $10::VARCHAR COLLATE "C")), 'null'), ',"low":', coalesce(to_json((SELECT coalesce(evidence_history_5.quantity_low, evidence_history_5.quantity_value) AS coalesce_1 
FROM evidence_history AS evidence_history_5 
WHERE evidence_history_5.support_id = support_history_3.id AND evidence_history_5.stance = $11::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement_history AS statement_history_2 
WHERE statement_history_2.corrects_id = evidence_history_5.statement_id AND statement_history_2.from_revision <= $1::BIGINT AND statement_history_2.until_revision > $1::BIGINT)) AND evidence_history_5.from_revision <= $1::BIGINT AND evidence_history_5.until_revision > $1::BIGINT AND coalesce(evidence_history_5.quantity_low, evidence_history_5.quantity_value) IS NOT NULL AND evidence_history_5.quantity_unit IS NOT DISTINCT FROM CASE WHEN (support_history_3.quantity_unit IS NOT NULL) THEN support_history_3.quantity_unit ELSE (SELECT CASE WHEN (min(coalesce(evidence_history_6.quantity_unit, '')) = max(coalesce(evidence_history_6.quantity_unit, ''))) THEN min(evidence_history_6.quantity_unit) END AS anon_7 
FROM evidence_history AS evidence_history_6 
WHERE evidence_history_6.support_id = support_history_3.id AND evidence_history_6.stance = $12::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement_history AS statement_history_3 
WHERE statement_history_3.corrects_id = evidence_history_6.statement_id AND statement_history_3.from_revision <= $1::BIGINT AND statement_history_3.until_revision > $1::BIGINT)) AND evidence_history_6.from_revision <= $1::BIGINT AND evidence_history_6.until_revision > $1::BIGINT AND (evidence_history_6.quantity_value IS NOT NULL OR evidence_history_6.quantity_low IS NOT NULL OR evidence_history_6.quantity_high IS NOT NULL)) END ORDER BY CASE WHEN (evidence_history_5.quantity_low IS NOT NULL) THEN evidence_history_5.quantity_low_magnitude ELSE evidence_history_5.quantity_value_magnitude END 
 LIMIT $13::INTEGER)), 'null'), '}') AS concat_5 
FROM evidence_history AS evidence_history_4 JOIN statement_history AS statement_history_4 ON statement_history_4.id = evidence_history_4.statement_id AND statement_history_4.from_revision <= $1::BIGINT AND statement_history_4.until_revision > $1::BIGINT 
WHERE evidence_history_4.support_id = support_history_3.id AND NOT (EXISTS (SELECT * 
FROM statement_history AS statement_history_5 
WHERE statement_history_5.corrects_id = evidence_history_4.statement_id AND statement_history_5.from_revision <= $1::BIGINT AND statement_history_5.until_revision > $1::BIGINT)) AND evidence_history_4.from_revision <= $1::BIGINT AND evidence_history_4.until_revision > $1::BIGINT) AS value_6, shown.page_key_0 AS value_7, shown.id AS value_8 
FROM (SELECT page.id AS id, page.page_key_0 AS page_key_0, page.page_key_text_0 AS page_key_text_0 
FROM page 
 LIMIT $7::BIGINT) AS shown LEFT OUTER JOIN support_history AS support_history_3 ON support_history_3.id = shown.id AND support_history_3.from_revision <= $1::BIGINT AND support_history_3.until_revision > $1::BIGINT LEFT OUTER JOIN actor_history AS actor_history_5 ON actor_history_5.id = support_history_3.supporter_id AND actor_history_5.from_revision <= $1::BIGINT AND actor_history_5.until_revision > $1::BIGINT) AS layer
-- [null, null, null, null, null, null, null, null, null, "ASSERTS", "ASSERTS", "ASSERTS", 1]

SELECT concat('{"number":', coalesce(to_json(revision_1.number), 'null'), '}') AS concat_1, $1::BIGINT AS anon_1 
FROM revision AS revision_1 
WHERE revision_1.number = $1::BIGINT
-- [null]
