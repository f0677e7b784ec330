SELECT (SELECT concat('{"memberOf":', value_1, ',"statements":', value_2, ',"mentionedIn":', value_3, '}') AS concat_1 
FROM (SELECT (SELECT concat('{"nodes":[', string_agg(concat('{"role":', coalesce(to_json(value_1), 'null'), ',"relation":"', value_2, '","organisation":{"name":', coalesce(to_json(value_3), 'null'), ',"members":', value_4, '}}'), ',' ORDER BY value_5), ']}') AS concat_2 
FROM (SELECT anon_2.role AS value_1, anon_2.relation AS value_2, actor_1.name AS value_3, (SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_1 
FROM membership AS membership_1 
WHERE membership_1.organisation_id = actor_1.id)), 'null'), '}') AS concat_3) AS value_4, anon_2.id AS value_5 
FROM (SELECT anon_3.id AS id, anon_3.role AS role, anon_3.relation AS relation, anon_3.organisation_id AS organisation_id 
FROM (SELECT membership_2.id AS id, membership_2.role AS role, membership_2.relation AS relation, membership_2.organisation_id AS organisation_id 
FROM membership AS membership_2 
WHERE membership_2.member_id = actor_2.id ORDER BY membership_2.id 
 LIMIT 501) AS anon_3 ORDER BY anon_3.id 
 LIMIT $1::BIGINT) AS anon_2 LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = anon_2.organisation_id) AS layer) AS value_1, (SELECT concat('{"nodes":[', string_agg(concat('{"mentions":', value_1, ',"source":{"title":', coalesce(to_json(value_2), 'null'), '}}'), ',' ORDER BY value_3), ']}') AS concat_4 
FROM (SELECT (SELECT concat('{"nodes":[', string_agg(concat('{"slug":"', anon_4.slug, '"}'), ',' ORDER BY anon_4.id), ']}') AS concat_5 
FROM (SELECT anon_5.id AS id, anon_5.slug AS slug 
FROM (SELECT actor_3.id AS id, actor_3.slug AS slug 
FROM mention AS mention_1 JOIN actor AS actor_3 ON actor_3.id = mention_1.actor_id 
WHERE mention_1.statement_id = anon_6.id ORDER BY actor_3.id 
 LIMIT 501) AS anon_5 ORDER BY anon_5.id 
 LIMIT $2::BIGINT) AS anon_4) AS value_1, source_1.title AS value_2, anon_6.id AS value_3 
FROM (SELECT anon_7.id AS id, anon_7.source_id AS source_id 
FROM (SELECT statement_1.id AS id, statement_1.source_id AS source_id 
FROM statement AS statement_1 
WHERE statement_1.speaker_id = actor_2.id ORDER BY statement_1.id 
 LIMIT 501) AS anon_7 ORDER BY anon_7.id 
 LIMIT $3::BIGINT) AS anon_6 LEFT OUTER JOIN source AS source_1 ON source_1.id = anon_6.source_id) AS layer) AS value_2, (SELECT concat('{"totalCount":', coalesce(to_json((SELECT count(*) AS count_2 
FROM mention AS mention_2 JOIN statement AS statement_2 ON statement_2.id = mention_2.statement_id 
WHERE mention_2.actor_id = actor_2.id)), 'null'), '}') AS concat_6) AS value_3 
FROM actor AS actor_2 
WHERE actor_2.id = coalesce((SELECT actor_4.id 
FROM actor AS actor_4 
WHERE actor_4.slug = $4::VARCHAR COLLATE "C"), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = $4::VARCHAR COLLATE "C"))) AS layer) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_8
-- [null, null, null, null]
