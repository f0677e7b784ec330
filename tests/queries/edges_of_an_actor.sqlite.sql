SELECT CAST((SELECT '{"memberOf":' || value_1 || ',"statements":' || value_2 || ',"mentionedIn":' || value_3 || '}' AS anon_2 
FROM (SELECT (SELECT '{"nodes":[' || coalesce(group_concat('{' || trim(json_object('role', value_1, 'relation', value_2), '{}') || ',"organisation":{' || trim(json_object('name', value_3), '{}') || ',"members":' || value_4 || '}}'), '') || ']}' AS anon_3 
FROM (SELECT anon_4.role AS value_1, anon_4.relation AS value_2, actor_1.name AS value_3, (SELECT json_object('totalCount', (SELECT count(*) AS count_1 
FROM membership AS membership_1 
WHERE membership_1.organisation_id = actor_1.id)) AS json_object_1) AS value_4 
FROM (SELECT membership_2.id AS id, membership_2.role AS role, membership_2.relation AS relation, membership_2.organisation_id AS organisation_id 
FROM membership AS membership_2 
WHERE membership_2.member_id = actor_2.id ORDER BY membership_2.id
 LIMIT ?1 OFFSET ?2) AS anon_4 LEFT OUTER JOIN actor AS actor_1 ON actor_1.id = anon_4.organisation_id) AS layer) AS value_1, (SELECT '{"nodes":[' || coalesce(group_concat('{"mentions":' || value_1 || ',"source":' || json_object('title', value_2) || '}'), '') || ']}' AS anon_5 
FROM (SELECT (SELECT '{"nodes":[' || coalesce(group_concat(json_object('slug', anon_7.slug)), '') || ']}' AS anon_6 
FROM (SELECT actor_3.id AS id, actor_3.slug AS slug 
FROM mention AS mention_1 JOIN actor AS actor_3 ON actor_3.id = mention_1.actor_id 
WHERE mention_1.statement_id = anon_8.id ORDER BY actor_3.id
 LIMIT ?3 OFFSET ?4) AS anon_7) AS value_1, source_1.title AS value_2 
FROM (SELECT statement_1.id AS id, statement_1.source_id AS source_id 
FROM statement AS statement_1 
WHERE statement_1.speaker_id = actor_2.id ORDER BY statement_1.id
 LIMIT ?5 OFFSET ?6) AS anon_8 LEFT OUTER JOIN source AS source_1 ON source_1.id = anon_8.source_id) AS layer) AS value_2, (SELECT json_object('totalCount', (SELECT count(*) AS count_2 
FROM mention AS mention_2 JOIN statement AS statement_2 ON statement_2.id = mention_2.statement_id 
WHERE mention_2.actor_id = actor_2.id)) AS json_object_2) AS value_3 
FROM actor AS actor_2 
WHERE actor_2.id = coalesce((SELECT actor_4.id 
FROM actor AS actor_4 
WHERE actor_4.slug = ?7), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = ?7))) AS layer) AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_9
-- [null, 0, null, 0, null, 0, null]
