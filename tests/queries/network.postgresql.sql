WITH RECURSIVE start AS 
(SELECT actor_1.id AS id 
FROM actor AS actor_1 
WHERE actor_1.id IN (SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = any($2::TEXT[]) UNION ALL SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = any($2::TEXT[]))), 
reached(id, hop) AS 
(SELECT start.id AS id, 0 AS hop 
FROM start UNION SELECT CASE WHEN (support_2.recipient_id = reached.id) THEN CASE WHEN (support_2.attribution = 'SOME_OF') THEN candidate_2.actor_id ELSE support_2.supporter_id END ELSE support_2.recipient_id END AS anon_2, reached.hop + 1 AS anon_3 
FROM reached JOIN support AS support_2 ON support_2.supporter_id = reached.id OR support_2.recipient_id = reached.id OR support_2.id = any(array((SELECT candidate_3.support_id 
FROM candidate AS candidate_3 
WHERE candidate_3.actor_id = reached.id))) LEFT OUTER JOIN candidate AS candidate_2 ON candidate_2.support_id = support_2.id AND support_2.attribution = 'SOME_OF' 
WHERE reached.hop + 1 < $3::INTEGER AND (CASE WHEN (support_2.attribution = 'SOME_OF') THEN candidate_2.actor_id ELSE support_2.supporter_id END = reached.id OR support_2.recipient_id = reached.id) AND support_2.recipient_id IS NOT NULL AND CASE WHEN (support_2.attribution = 'SOME_OF') THEN candidate_2.actor_id ELSE support_2.supporter_id END IS NOT NULL AND (support_2.started_on < substr($4::VARCHAR COLLATE "C", 1, 4) OR support_2.started_on_latest <= $4::VARCHAR COLLATE "C" OR support_2.ended_on_latest <= $4::VARCHAR COLLATE "C") AND (replace(support_2.ended_on, 'X', '0') > (substr($5::VARCHAR COLLATE "C", 1, 4) || '~') OR replace(support_2.started_on, 'X', '0') > (substr($5::VARCHAR COLLATE "C", 1, 4) || '~') OR support_2.ended_on_earliest >= $5::VARCHAR COLLATE "C" OR support_2.started_on_earliest >= $5::VARCHAR COLLATE "C" OR support_2.ended_on IS NULL AND coalesce((SELECT CASE WHEN (substr(dataset_1.covers_until, 4, 1) = 'X') THEN substr(dataset_1.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(dataset_1.covers_until, 9, 2) = 'XX') THEN dataset_1.covers_until_earliest WHEN (substr(dataset_1.covers_until, 6, 2) = 'XX') THEN substr(dataset_1.covers_until_earliest, 1, 4) || '-01-31' ELSE dataset_1.covers_until_latest END AS anon_4 
FROM dataset AS dataset_1 
WHERE dataset_1.id = support_2.dataset_id), CASE WHEN support_2.end_censored THEN NULL ELSE '9999-12-31' END) >= $5::VARCHAR COLLATE "C")), 
near AS 
(SELECT reached.id AS id, min(reached.hop) AS hop 
FROM reached GROUP BY reached.id), 
links AS MATERIALIZED 
(SELECT DISTINCT support_1.id AS support_id, CASE WHEN (support_1.attribution = 'SOME_OF') THEN candidate_1.actor_id ELSE support_1.supporter_id END AS supporter_id, support_1.recipient_id AS recipient_id, support_1.attribution = 'SOME_OF' AS is_possible 
FROM near JOIN support AS support_1 ON support_1.supporter_id = near.id OR support_1.recipient_id = near.id OR support_1.id = any(array((SELECT candidate_4.support_id 
FROM candidate AS candidate_4 
WHERE candidate_4.actor_id = near.id))) LEFT OUTER JOIN candidate AS candidate_1 ON candidate_1.support_id = support_1.id AND support_1.attribution = 'SOME_OF' 
WHERE (CASE WHEN (support_1.attribution = 'SOME_OF') THEN candidate_1.actor_id ELSE support_1.supporter_id END = near.id OR support_1.recipient_id = near.id) AND support_1.recipient_id IS NOT NULL AND CASE WHEN (support_1.attribution = 'SOME_OF') THEN candidate_1.actor_id ELSE support_1.supporter_id END IS NOT NULL AND (support_1.started_on < substr($6::VARCHAR COLLATE "C", 1, 4) OR support_1.started_on_latest <= $6::VARCHAR COLLATE "C" OR support_1.ended_on_latest <= $6::VARCHAR COLLATE "C") AND (replace(support_1.ended_on, 'X', '0') > (substr($7::VARCHAR COLLATE "C", 1, 4) || '~') OR replace(support_1.started_on, 'X', '0') > (substr($7::VARCHAR COLLATE "C", 1, 4) || '~') OR support_1.ended_on_earliest >= $7::VARCHAR COLLATE "C" OR support_1.started_on_earliest >= $7::VARCHAR COLLATE "C" OR support_1.ended_on IS NULL AND coalesce((SELECT CASE WHEN (substr(dataset_2.covers_until, 4, 1) = 'X') THEN substr(dataset_2.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(dataset_2.covers_until, 9, 2) = 'XX') THEN dataset_2.covers_until_earliest WHEN (substr(dataset_2.covers_until, 6, 2) = 'XX') THEN substr(dataset_2.covers_until_earliest, 1, 4) || '-01-31' ELSE dataset_2.covers_until_latest END AS anon_5 
FROM dataset AS dataset_2 
WHERE dataset_2.id = support_1.dataset_id), CASE WHEN support_1.end_censored THEN NULL ELSE '9999-12-31' END) >= $7::VARCHAR COLLATE "C")), 
edges AS MATERIALIZED 
(SELECT links.supporter_id AS supporter_id, links.recipient_id AS recipient_id, count(*) FILTER (WHERE NOT links.is_possible) AS certain, count(*) FILTER (WHERE links.is_possible) AS possible 
FROM links GROUP BY links.supporter_id, links.recipient_id), 
kept AS MATERIALIZED 
(SELECT anon_10.supporter_id AS supporter_id, anon_10.recipient_id AS recipient_id, anon_10.certain AS certain, anon_10.possible AS possible, anon_10.strength AS strength, anon_10.rank AS rank 
FROM (SELECT ranked.supporter_id AS supporter_id, ranked.recipient_id AS recipient_id, ranked.certain AS certain, ranked.possible AS possible, ranked.strength AS strength, ranked.rank AS rank 
FROM (SELECT edges.supporter_id AS supporter_id, edges.recipient_id AS recipient_id, edges.certain AS certain, edges.possible AS possible, CAST(edges.certain AS TEXT) AS strength, '' AS rank 
FROM edges) AS ranked ORDER BY ranked.rank DESC, ranked.certain DESC, ranked.possible DESC, ranked.supporter_id, ranked.recipient_id 
 LIMIT 5000) AS anon_10 ORDER BY anon_10.rank DESC, anon_10.certain DESC, anon_10.possible DESC, anon_10.supporter_id, anon_10.recipient_id 
 LIMIT $11::BIGINT), 
kept_links AS MATERIALIZED 
(SELECT links.support_id AS support_id, links.supporter_id AS supporter_id, links.recipient_id AS recipient_id, links.is_possible AS is_possible 
FROM links 
WHERE (links.supporter_id, links.recipient_id) IN (SELECT kept.supporter_id, kept.recipient_id 
FROM kept)), 
supports AS 
(SELECT kept_links.supporter_id AS supporter_id, kept_links.recipient_id AS recipient_id, kept_links.is_possible AS is_possible, support_3.kind AS kind, support_3.phase AS phase, support_3.dataset_id AS dataset_id, CASE WHEN support_3.mutual THEN 1 ELSE 0 END AS mutual, CASE WHEN ((EXISTS (SELECT * 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id = support_3.id AND (evidence_1.stance = $23::VARCHAR COLLATE "C" OR evidence_1.stance = $24::VARCHAR COLLATE "C") AND NOT (EXISTS (SELECT * 
FROM statement AS statement_1 
WHERE statement_1.corrects_id = evidence_1.statement_id)))) AND (EXISTS (SELECT * 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = support_3.id AND evidence_2.stance = $25::VARCHAR COLLATE "C" AND NOT (EXISTS (SELECT * 
FROM statement AS statement_2 
WHERE statement_2.corrects_id = evidence_2.statement_id))))) THEN 1 ELSE 0 END AS contested, coalesce(nullif(support_3.started_on_earliest, ''), nullif(support_3.ended_on_earliest, ''), nullif(support_3.agreed_on_earliest, '')) AS "firstOn", coalesce(support_3.ended_on_latest, support_3.started_on_latest, support_3.agreed_on_latest) AS "lastOn", CASE WHEN support_3.end_censored THEN 1 ELSE 0 END AS "endCensored" 
FROM kept_links LEFT OUTER JOIN support AS support_3 ON support_3.id = kept_links.support_id)
 SELECT concat('{', $1::VARCHAR, coalesce(to_json((SELECT count(*) AS count_1 
FROM (SELECT CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END AS id 
FROM edges JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL UNION SELECT start.id AS id 
FROM start) AS anon_1)), 'null'), ',', $8::VARCHAR, coalesce(to_json((SELECT count(*) AS count_2 
FROM edges)), 'null'), ',', $9::VARCHAR, coalesce(to_json((SELECT CAST(coalesce(sum(edges.certain), 0) AS BIGINT) AS coalesce_1 
FROM edges) + (SELECT count(DISTINCT links.support_id) FILTER (WHERE links.is_possible) AS anon_6 
FROM links)), 'null'), ',', $10::VARCHAR, coalesce(CAST((SELECT count(*) AS count_2 
FROM edges) <= $11::BIGINT AS TEXT), 'null'), ',"nodes":', (SELECT concat('[', string_agg(concat('{"actor":{"name":', coalesce(to_json(actor_3.name), 'null'), '},', $12::VARCHAR, coalesce(to_json(nodes.hop), 'null'), ',', $13::VARCHAR, coalesce(to_json(coalesce(anon_7.given, 0)), 'null'), ',', $14::VARCHAR, coalesce(to_json(coalesce(anon_7.received, 0) + coalesce(anon_8.supports, 0)), 'null'), '}'), ',' ORDER BY nodes.hop, nodes.id), ']') AS concat_2 
FROM (SELECT anon_9.id AS id, coalesce(near.hop, $3::INTEGER) AS hop 
FROM (SELECT CASE sides.side WHEN 0 THEN kept.supporter_id WHEN 1 THEN kept.recipient_id END AS id 
FROM kept JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL UNION SELECT start.id AS id 
FROM start) AS anon_9 LEFT OUTER JOIN near ON near.id = anon_9.id) AS nodes LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = nodes.id LEFT OUTER JOIN (SELECT CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END AS id, CAST(sum(CASE WHEN (sides.side = 0) THEN edges.certain + edges.possible ELSE 0 END) AS BIGINT) AS given, CAST(sum(CASE WHEN (sides.side = 1) THEN edges.certain ELSE 0 END) AS BIGINT) AS received 
FROM edges JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL 
WHERE CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END IN (SELECT CASE sides.side WHEN 0 THEN kept.supporter_id WHEN 1 THEN kept.recipient_id END AS id 
FROM kept JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL UNION SELECT start.id 
FROM start) GROUP BY CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END) AS anon_7 ON anon_7.id = nodes.id LEFT OUTER JOIN (SELECT links.recipient_id AS id, count(DISTINCT links.support_id) FILTER (WHERE links.is_possible) AS supports 
FROM links 
WHERE links.is_possible GROUP BY links.recipient_id) AS anon_8 ON anon_8.id = nodes.id), ',"edges":', (SELECT concat('[', string_agg(concat('{"supporter":', CASE WHEN (actor_4.id IS NOT NULL) THEN concat('{"slug":"', actor_4.slug, '"}') ELSE 'null' END, ',"recipient":', CASE WHEN (actor_5.id IS NOT NULL) THEN concat('{"slug":"', actor_5.slug, '"}') ELSE 'null' END, ',', $15::VARCHAR, coalesce(to_json(kept.certain), 'null'), ',', $16::VARCHAR, coalesce(to_json(kept.possible), 'null'), ',', $17::VARCHAR, coalesce('"' || kept.strength || '"', 'null'), ',"mutual":', coalesce(CAST(facts.mutual = 1 AS TEXT), 'null'), ',"contested":', coalesce(CAST(facts.contested = 1 AS TEXT), 'null'), ',', $18::VARCHAR, coalesce('"' || facts."firstOn" || '"', 'null'), ',', $19::VARCHAR, coalesce('"' || facts."lastOn" || '"', 'null'), ',', $20::VARCHAR, facts.kinds, ',', $21::VARCHAR, facts.phases, ',"datasets":', coalesce(anon_11."array", '[]'), ',"parts":', facts.parts, '}'), ',' ORDER BY kept.rank DESC, kept.certain DESC, kept.possible DESC, kept.supporter_id, kept.recipient_id), ']') AS concat_3 
FROM kept LEFT OUTER JOIN actor AS actor_4 ON actor_4.id = kept.supporter_id LEFT OUTER JOIN actor AS actor_5 ON actor_5.id = kept.recipient_id LEFT OUTER JOIN (SELECT parts.supporter_id AS supporter_id, parts.recipient_id AS recipient_id, max(parts.mutual) AS mutual, max(parts.contested) AS contested, min(parts."firstOn") AS "firstOn", max(parts."lastOn") AS "lastOn", concat('[', string_agg(DISTINCT ('"' || parts.kind || '"'), ',' ORDER BY '"' || parts.kind || '"'), ']') AS kinds, concat('[', string_agg(DISTINCT ('"' || parts.phase || '"'), ',' ORDER BY '"' || parts.phase || '"'), ']') AS phases, concat('[', string_agg(concat('{"kind":', coalesce('"' || parts.kind || '"', 'null'), ',"phase":', coalesce('"' || parts.phase || '"', 'null'), ',', $22::VARCHAR, coalesce(to_json(parts.certain), 'null'), ',"contested":', coalesce(CAST(parts.contested = 1 AS TEXT), 'null'), ',"endCensored":', coalesce(CAST(parts."endCensored" = 1 AS TEXT), 'null'), '}'), ',' ORDER BY parts.kind, parts.phase), ']') AS parts 
FROM (SELECT supports.supporter_id AS supporter_id, supports.recipient_id AS recipient_id, supports.kind AS kind, supports.phase AS phase, max(supports.mutual) AS mutual, max(supports.contested) AS contested, min(supports."firstOn") AS "firstOn", max(supports."lastOn") AS "lastOn", count(*) FILTER (WHERE NOT supports.is_possible) AS certain, max(supports."endCensored") AS "endCensored" 
FROM supports GROUP BY supports.supporter_id, supports.recipient_id, supports.kind, supports.phase) AS parts GROUP BY parts.supporter_id, parts.recipient_id) AS facts ON facts.supporter_id = kept.supporter_id AND facts.recipient_id = kept.recipient_id LEFT OUTER JOIN (SELECT anon_12.supporter_id AS supporter_id, anon_12.recipient_id AS recipient_id, concat('[', string_agg(concat('{"slug":"', dataset_3.slug, '"}'), ',' ORDER BY anon_12.dataset_id), ']') AS "array" 
FROM (SELECT DISTINCT supports.supporter_id AS supporter_id, supports.recipient_id AS recipient_id, supports.dataset_id AS dataset_id 
FROM supports 
WHERE supports.dataset_id IS NOT NULL) AS anon_12 LEFT OUTER JOIN dataset AS dataset_3 ON dataset_3.id = anon_12.dataset_id GROUP BY anon_12.supporter_id, anon_12.recipient_id) AS anon_11 ON anon_11.supporter_id = kept.supporter_id AND anon_11.recipient_id = kept.recipient_id), '}') AS concat_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_13
-- ["\"nodeCount\":", null, null, null, null, null, null, "\"edgeCount\":", "\"supportCount\":", "\"complete\":", null, "\"hop\":", "\"given\":", "\"received\":", "\"certain\":", "\"possible\":", "\"strength\":", "\"firstOn\":", "\"lastOn\":", "\"kinds\":", "\"phases\":", "\"certain\":", "DENIES", "QUESTIONS", "ASSERTS"]
