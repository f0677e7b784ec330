WITH RECURSIVE start AS 
(SELECT actor_1.id AS id 
FROM actor AS actor_1 
WHERE actor_1.id IN (SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug IN (SELECT anon_3.value 
FROM json_each(?2) AS anon_3) UNION ALL SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug IN (SELECT anon_4.value 
FROM json_each(?2) AS anon_4))), 
reached(id, hop) AS 
(SELECT start.id AS id, 0 AS hop 
FROM start UNION SELECT CASE WHEN (support_2.recipient_id = reached.id) THEN CASE WHEN (support_2.attribution = 'SOME_OF') THEN candidate_2.actor_id ELSE support_2.supporter_id END ELSE support_2.recipient_id END AS anon_5, reached.hop + 1 AS anon_6 
FROM reached JOIN support AS support_2 ON support_2.supporter_id = reached.id OR support_2.recipient_id = reached.id OR support_2.id IN (SELECT candidate_3.support_id 
FROM candidate AS candidate_3 
WHERE candidate_3.actor_id = reached.id) LEFT OUTER JOIN candidate AS candidate_2 ON candidate_2.support_id = support_2.id AND support_2.attribution = 'SOME_OF' 
WHERE reached.hop + 1 < ?3 AND (CASE WHEN (support_2.attribution = 'SOME_OF') THEN candidate_2.actor_id ELSE support_2.supporter_id END = reached.id OR support_2.recipient_id = reached.id) AND support_2.recipient_id IS NOT NULL AND CASE WHEN (support_2.attribution = 'SOME_OF') THEN candidate_2.actor_id ELSE support_2.supporter_id END IS NOT NULL AND (support_2.started_on < substr(?4, 1, 4) OR support_2.started_on_latest <= ?4 OR support_2.ended_on_latest <= ?4) AND (replace(support_2.ended_on, 'X', '0') > (substr(?5, 1, 4) || '~') OR replace(support_2.started_on, 'X', '0') > (substr(?5, 1, 4) || '~') OR support_2.ended_on_earliest >= ?5 OR support_2.started_on_earliest >= ?5 OR support_2.ended_on IS NULL AND coalesce((SELECT CASE WHEN (substr(dataset_1.covers_until, 4, 1) = 'X') THEN substr(dataset_1.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(dataset_1.covers_until, 9, 2) = 'XX') THEN dataset_1.covers_until_earliest WHEN (substr(dataset_1.covers_until, 6, 2) = 'XX') THEN substr(dataset_1.covers_until_earliest, 1, 4) || '-01-31' ELSE dataset_1.covers_until_latest END AS anon_7 
FROM dataset AS dataset_1 
WHERE dataset_1.id = support_2.dataset_id), CASE WHEN support_2.end_censored THEN NULL ELSE '9999-12-31' END) >= ?5)), 
near AS 
(SELECT reached.id AS id, min(reached.hop) AS hop 
FROM reached GROUP BY reached.id), 
links AS MATERIALIZED 
(SELECT DISTINCT support_1.id AS support_id, CASE WHEN (support_1.attribution = 'SOME_OF') THEN candidate_1.actor_id ELSE support_1.supporter_id END AS supporter_id, support_1.recipient_id AS recipient_id, support_1.attribution = 'SOME_OF' AS is_possible 
FROM near JOIN support AS support_1 ON support_1.supporter_id = near.id OR support_1.recipient_id = near.id OR support_1.id IN (SELECT candidate_4.support_id 
FROM candidate AS candidate_4 
WHERE candidate_4.actor_id = near.id) LEFT OUTER JOIN candidate AS candidate_1 ON candidate_1.support_id = support_1.id AND support_1.attribution = 'SOME_OF' 
WHERE (CASE WHEN (support_1.attribution = 'SOME_OF') THEN candidate_1.actor_id ELSE support_1.supporter_id END = near.id OR support_1.recipient_id = near.id) AND support_1.recipient_id IS NOT NULL AND CASE WHEN (support_1.attribution = 'SOME_OF') THEN candidate_1.actor_id ELSE support_1.supporter_id END IS NOT NULL AND (support_1.started_on < substr(?6, 1, 4) OR support_1.started_on_latest <= ?6 OR support_1.ended_on_latest <= ?6) AND (replace(support_1.ended_on, 'X', '0') > (substr(?7, 1, 4) || '~') OR replace(support_1.started_on, 'X', '0') > (substr(?7, 1, 4) || '~') OR support_1.ended_on_earliest >= ?7 OR support_1.started_on_earliest >= ?7 OR support_1.ended_on IS NULL AND coalesce((SELECT CASE WHEN (substr(dataset_2.covers_until, 4, 1) = 'X') THEN substr(dataset_2.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(dataset_2.covers_until, 9, 2) = 'XX') THEN dataset_2.covers_until_earliest WHEN (substr(dataset_2.covers_until, 6, 2) = 'XX') THEN substr(dataset_2.covers_until_earliest, 1, 4) || '-01-31' ELSE dataset_2.covers_until_latest END AS anon_8 
FROM dataset AS dataset_2 
WHERE dataset_2.id = support_1.dataset_id), CASE WHEN support_1.end_censored THEN NULL ELSE '9999-12-31' END) >= ?7)), 
edges AS MATERIALIZED 
(SELECT links.supporter_id AS supporter_id, links.recipient_id AS recipient_id, count(*) FILTER (WHERE links.is_possible = 0) AS certain, count(*) FILTER (WHERE links.is_possible) AS possible 
FROM links GROUP BY links.supporter_id, links.recipient_id), 
kept AS MATERIALIZED 
(SELECT ranked.supporter_id AS supporter_id, ranked.recipient_id AS recipient_id, ranked.certain AS certain, ranked.possible AS possible, ranked.strength AS strength, ranked.rank AS rank 
FROM (SELECT edges.supporter_id AS supporter_id, edges.recipient_id AS recipient_id, edges.certain AS certain, edges.possible AS possible, CAST(edges.certain AS TEXT) AS strength, '' AS rank 
FROM edges) AS ranked ORDER BY ranked.rank DESC, ranked.certain DESC, ranked.possible DESC, ranked.supporter_id, ranked.recipient_id
 LIMIT ?11 OFFSET ?15), 
kept_links AS MATERIALIZED 
(SELECT links.support_id AS support_id, links.supporter_id AS supporter_id, links.recipient_id AS recipient_id, links.is_possible AS is_possible 
FROM links 
WHERE (links.supporter_id, links.recipient_id) IN (SELECT kept.supporter_id, kept.recipient_id 
FROM kept)), 
supports AS 
(SELECT kept_links.supporter_id AS supporter_id, kept_links.recipient_id AS recipient_id, kept_links.is_possible AS is_possible, support_3.kind AS kind, support_3.phase AS phase, support_3.dataset_id AS dataset_id, CASE WHEN support_3.mutual THEN 1 ELSE 0 END AS mutual, CASE WHEN ((EXISTS (SELECT * 
FROM evidence AS evidence_1 
WHERE evidence_1.support_id = support_3.id AND (evidence_1.stance = ?24 OR evidence_1.stance = ?25) AND NOT (EXISTS (SELECT * 
FROM statement AS statement_1 
WHERE statement_1.corrects_id = evidence_1.statement_id)))) AND (EXISTS (SELECT * 
FROM evidence AS evidence_2 
WHERE evidence_2.support_id = support_3.id AND evidence_2.stance = ?26 AND NOT (EXISTS (SELECT * 
FROM statement AS statement_2 
WHERE statement_2.corrects_id = evidence_2.statement_id))))) THEN 1 ELSE 0 END AS contested, coalesce(nullif(support_3.started_on_earliest, ''), nullif(support_3.ended_on_earliest, ''), nullif(support_3.agreed_on_earliest, '')) AS "firstOn", coalesce(support_3.ended_on_latest, support_3.started_on_latest, support_3.agreed_on_latest) AS "lastOn", CASE WHEN support_3.end_censored THEN 1 ELSE 0 END AS "endCensored" 
FROM kept_links LEFT OUTER JOIN support AS support_3 ON support_3.id = kept_links.support_id)
 SELECT CAST('{' || trim(json_object(?1, (SELECT count(*) AS count_1 
FROM (SELECT CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END AS id 
FROM edges JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL UNION SELECT start.id AS id 
FROM start) AS anon_2), ?8, (SELECT count(*) AS count_2 
FROM edges), ?9, (SELECT CAST(coalesce(sum(edges.certain), 0) AS BIGINT) AS coalesce_1 
FROM edges) + (SELECT count(DISTINCT links.support_id) FILTER (WHERE links.is_possible) AS anon_9 
FROM links)), '{}') || ',' || ?10 || CASE (SELECT count(*) AS count_2 
FROM edges) <= ?11 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',"nodes":' || (SELECT '[' || coalesce(group_concat(json_object('actor', json_object('name', actor_3.name), ?12, nodes.hop, ?13, coalesce(anon_11.given, 0), ?14, coalesce(anon_11.received, 0) + coalesce(anon_12.supports, 0)) ORDER BY nodes.hop, nodes.id), '') || ']' AS anon_10 
FROM (SELECT anon_13.id AS id, coalesce(near.hop, ?3) AS hop 
FROM (SELECT CASE sides.side WHEN 0 THEN kept.supporter_id WHEN 1 THEN kept.recipient_id END AS id 
FROM kept JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL UNION SELECT start.id AS id 
FROM start) AS anon_13 LEFT OUTER JOIN near ON near.id = anon_13.id) AS nodes LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = nodes.id LEFT OUTER JOIN (SELECT CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END AS id, CAST(sum(CASE WHEN (sides.side = 0) THEN edges.certain + edges.possible ELSE 0 END) AS BIGINT) AS given, CAST(sum(CASE WHEN (sides.side = 1) THEN edges.certain ELSE 0 END) AS BIGINT) AS received 
FROM edges JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL 
WHERE CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END IN (SELECT CASE sides.side WHEN 0 THEN kept.supporter_id WHEN 1 THEN kept.recipient_id END AS id 
FROM kept JOIN (SELECT 0 AS side UNION ALL SELECT 1 AS side) AS sides ON sides.side IS NOT NULL UNION SELECT start.id 
FROM start) GROUP BY CASE sides.side WHEN 0 THEN edges.supporter_id WHEN 1 THEN edges.recipient_id END) AS anon_11 ON anon_11.id = nodes.id LEFT OUTER JOIN (SELECT links.recipient_id AS id, count(DISTINCT links.support_id) FILTER (WHERE links.is_possible) AS supports 
FROM links 
WHERE links.is_possible = 1 GROUP BY links.recipient_id) AS anon_12 ON anon_12.id = nodes.id) || ',"edges":' || (SELECT '[' || coalesce(group_concat(('{"supporter":' || CASE WHEN (actor_4.id IS NOT NULL) THEN json_object('slug', actor_4.slug) ELSE 'null' END || ',"recipient":' || CASE WHEN (actor_5.id IS NOT NULL) THEN json_object('slug', actor_5.slug) ELSE 'null' END || ',' || trim(json_object(?16, kept.certain, ?17, kept.possible, ?18, kept.strength), '{}') || ',"mutual":' || CASE facts.mutual = 1 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',"contested":' || CASE facts.contested = 1 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object(?19, facts."firstOn", ?20, facts."lastOn"), '{}') || ',' || ?21 || facts.kinds || ',') || (?22 || facts.phases || ',"datasets":' || coalesce(anon_15.array, '[]') || ',"parts":' || facts.parts || '}') ORDER BY kept.rank DESC, kept.certain DESC, kept.possible DESC, kept.supporter_id, kept.recipient_id), '') || ']' AS anon_14 
FROM kept LEFT OUTER JOIN actor AS actor_4 ON actor_4.id = kept.supporter_id LEFT OUTER JOIN actor AS actor_5 ON actor_5.id = kept.recipient_id LEFT OUTER JOIN (SELECT parts.supporter_id AS supporter_id, parts.recipient_id AS recipient_id, max(parts.mutual) AS mutual, max(parts.contested) AS contested, min(parts."firstOn") AS "firstOn", max(parts."lastOn") AS "lastOn", json_group_array(DISTINCT parts.kind ORDER BY parts.kind) AS kinds, json_group_array(DISTINCT parts.phase ORDER BY parts.phase) AS phases, '[' || coalesce(group_concat('{' || trim(json_object('kind', parts.kind, 'phase', parts.phase, ?23, parts.certain), '{}') || ',"contested":' || CASE parts.contested = 1 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',"endCensored":' || CASE parts."endCensored" = 1 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || '}' ORDER BY parts.kind, parts.phase), '') || ']' AS parts 
FROM (SELECT supports.supporter_id AS supporter_id, supports.recipient_id AS recipient_id, supports.kind AS kind, supports.phase AS phase, max(supports.mutual) AS mutual, max(supports.contested) AS contested, min(supports."firstOn") AS "firstOn", max(supports."lastOn") AS "lastOn", count(*) FILTER (WHERE supports.is_possible = 0) AS certain, max(supports."endCensored") AS "endCensored" 
FROM supports GROUP BY supports.supporter_id, supports.recipient_id, supports.kind, supports.phase) AS parts GROUP BY parts.supporter_id, parts.recipient_id) AS facts ON facts.supporter_id = kept.supporter_id AND facts.recipient_id = kept.recipient_id LEFT OUTER JOIN (SELECT anon_16.supporter_id AS supporter_id, anon_16.recipient_id AS recipient_id, '[' || coalesce(group_concat(json_object('slug', dataset_3.slug) ORDER BY anon_16.dataset_id), '') || ']' AS array 
FROM (SELECT DISTINCT supports.supporter_id AS supporter_id, supports.recipient_id AS recipient_id, supports.dataset_id AS dataset_id 
FROM supports 
WHERE supports.dataset_id IS NOT NULL) AS anon_16 LEFT OUTER JOIN dataset AS dataset_3 ON dataset_3.id = anon_16.dataset_id GROUP BY anon_16.supporter_id, anon_16.recipient_id) AS anon_15 ON anon_15.supporter_id = kept.supporter_id AND anon_15.recipient_id = kept.recipient_id) || '}' AS BLOB) AS anon_1, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_17
-- ["nodeCount", null, null, null, null, null, null, "edgeCount", "supportCount", "\"complete\":", null, "hop", "given", "received", 0, "certain", "possible", "strength", "firstOn", "lastOn", "\"kinds\":", "\"phases\":", "certain", "DENIES", "QUESTIONS", "ASSERTS"]
