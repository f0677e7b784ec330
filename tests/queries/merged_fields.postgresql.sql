SELECT concat('{"nodes":[', string_agg(concat('{"slug":"', anon_1.slug, '",', $1::VARCHAR, '"', anon_1.slug, '","kind":"', anon_1.kind, '"}'), ',' ORDER BY anon_1.id), '],"__typename":"ActorConnection"}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_2 
FROM (SELECT anon_3.id AS id, anon_3.slug AS slug, anon_3.kind AS kind 
FROM (SELECT actor_1.id AS id, actor_1.slug AS slug, actor_1.kind AS kind 
FROM actor AS actor_1 ORDER BY actor_1.id 
 LIMIT 501) AS anon_3 ORDER BY anon_3.id 
 LIMIT $2::BIGINT) AS anon_1
-- ["\"nick\":", null]

SELECT concat('{"number":', coalesce(to_json(revision_1.number), 'null'), '}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_1 
FROM revision AS revision_1 
WHERE revision_1.number = (SELECT max(revision.number) AS max_2 
FROM revision)
-- []
