WITH RECURSIVE units_years(year, first_day, middle_day, last_day) AS 
(SELECT $1::INTEGER AS year, substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-01-01' AS first_day, substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-07-01' AS middle_day, substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-12-31' AS last_day 
WHERE ((SELECT count(DISTINCT actor_code_1.actor_id) AS count_1 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.scheme = $2::VARCHAR AND actor_code_1.started_on_earliest <= (substr(CAST($3::INTEGER + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_1.ended_on_latest, '9999-12-31') >= (substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-01-01')) + $4::BIGINT) * CAST(($3::INTEGER - $1::INTEGER) + 1 AS BIGINT) <= 150000 AND $1::INTEGER <= $3::INTEGER UNION ALL SELECT units_years.year + 1 AS anon_2, substr(CAST(units_years.year + 1 + 10000 AS TEXT), 2) || '-01-01' AS first_day, substr(CAST(units_years.year + 1 + 10000 AS TEXT), 2) || '-07-01' AS middle_day, substr(CAST(units_years.year + 1 + 10000 AS TEXT), 2) || '-12-31' AS last_day 
FROM units_years 
WHERE units_years.year + 1 <= $3::INTEGER), 
named AS MATERIALIZED 
(SELECT anon_4.place AS place, anon_4.value ->> 0 AS name, coalesce(coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = (anon_4.value ->> 0)), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = (anon_4.value ->> 0))), (SELECT actor_3.id 
FROM actor AS actor_3 
WHERE actor_3.id = coalesce((SELECT former_id_1.record_id 
FROM former_id AS former_id_1 
WHERE former_id_1.record_type = 'actor' AND former_id_1.id = CAST(anon_4.value ->> 1 AS BIGINT)), CAST(anon_4.value ->> 1 AS BIGINT)))) AS actor_id 
FROM json_array_elements(CAST($6::VARCHAR AS JSON)) WITH ORDINALITY AS anon_4(value, place)), 
candidates AS MATERIALIZED 
(SELECT anon_3.actor_id AS actor_id, anon_3.begun AS begun, anon_3."over" AS "over", anon_3.code AS code, actor_1.slug AS slug, actor_1.name AS name, actor_1.kind AS kind, row_number() OVER (ORDER BY anon_3.is_open DESC, anon_3.begun DESC, anon_3.code, anon_3.actor_id) AS place, CASE WHEN (count(*) OVER (PARTITION BY anon_3.code, CASE WHEN (anon_3.code IS NULL) THEN anon_3.actor_id END) > 1 OR count(*) OVER (PARTITION BY anon_3.actor_id) > 1) THEN 1 ELSE 0 END AS is_contested 
FROM (SELECT actor_code_2.actor_id AS actor_id, actor_code_2.started_on_earliest AS begun, coalesce(actor_code_2.ended_on_latest, '9999-12-31') AS "over", actor_code_2.value AS code, CASE WHEN (actor_code_2.ended_on IS NULL) THEN 1 ELSE 0 END AS is_open 
FROM actor_code AS actor_code_2 
WHERE actor_code_2.scheme = $5::VARCHAR AND actor_code_2.started_on_earliest <= (substr(CAST($3::INTEGER + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_2.ended_on_latest, '9999-12-31') >= (substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-01-01') UNION ALL SELECT DISTINCT named.actor_id AS actor_id, '' AS begun, '9999-12-31' AS "over", CAST(NULL AS TEXT) COLLATE "C" AS code, 0 AS is_open 
FROM named 
WHERE named.actor_id IS NOT NULL) AS anon_3 JOIN actor AS actor_1 ON actor_1.id = anon_3.actor_id), 
units AS 
(SELECT anon_1.year AS year, anon_1.first_day AS first_day, anon_1.last_day AS last_day, anon_1.actor_id AS actor_id, anon_1.slug AS slug, anon_1.name AS name, anon_1.kind AS kind, anon_1.code AS code, count(*) OVER (PARTITION BY anon_1.year) - 1 AS width 
FROM (SELECT units_years.year AS year, units_years.first_day AS first_day, units_years.last_day AS last_day, candidates.actor_id AS actor_id, candidates.slug AS slug, candidates.name AS name, candidates.kind AS kind, candidates.code AS code 
FROM units_years JOIN candidates ON candidates.begun <= units_years.last_day AND candidates."over" >= units_years.first_day 
WHERE candidates.is_contested = 0 UNION ALL SELECT anon_5.year AS year, anon_5.first_day AS first_day, anon_5.last_day AS last_day, anon_5.actor_id AS actor_id, anon_5.slug AS slug, anon_5.name AS name, anon_5.kind AS kind, anon_5.code AS code 
FROM (SELECT anon_6.year AS year, anon_6.first_day AS first_day, anon_6.last_day AS last_day, anon_6.actor_id AS actor_id, anon_6.slug AS slug, anon_6.name AS name, anon_6.kind AS kind, anon_6.code AS code, anon_6.rank AS rank, anon_6.place AS place, anon_6.of_code AS of_code, row_number() OVER (PARTITION BY anon_6.year, anon_6.actor_id ORDER BY anon_6.rank, anon_6.place) AS of_actor 
FROM (SELECT units_years.year AS year, units_years.first_day AS first_day, units_years.last_day AS last_day, candidates.actor_id AS actor_id, candidates.slug AS slug, candidates.name AS name, candidates.kind AS kind, candidates.code AS code, CASE WHEN (candidates.code IS NULL) THEN 2 WHEN (candidates.begun <= units_years.middle_day AND candidates."over" >= units_years.middle_day) THEN 0 ELSE 1 END AS rank, candidates.place AS place, row_number() OVER (PARTITION BY units_years.year, candidates.code, CASE WHEN (candidates.code IS NULL) THEN candidates.actor_id END ORDER BY CASE WHEN (candidates.code IS NULL) THEN 2 WHEN (candidates.begun <= units_years.middle_day AND candidates."over" >= units_years.middle_day) THEN 0 ELSE 1 END, candidates.place) AS of_code 
FROM units_years JOIN candidates ON candidates.begun <= units_years.last_day AND candidates."over" >= units_years.first_day 
WHERE candidates.is_contested = 1) AS anon_6 
WHERE anon_6.of_code < 2) AS anon_5 
WHERE anon_5.of_actor < 2) AS anon_1), 
lefts AS MATERIALIZED 
(SELECT anon_7.year AS year, anon_7.first_day AS first_day, anon_7.last_day AS last_day, anon_7.actor_id AS actor_id, anon_7.slug AS slug, anon_7.name AS name, anon_7.kind AS kind, anon_7.code AS code, anon_7.width AS width, anon_7.counted AS counted, anon_7.until AS until 
FROM (SELECT anon_8.year AS year, anon_8.first_day AS first_day, anon_8.last_day AS last_day, anon_8.actor_id AS actor_id, anon_8.slug AS slug, anon_8.name AS name, anon_8.kind AS kind, anon_8.code AS code, anon_8.width AS width, anon_8.counted AS counted, sum(anon_8.counted) OVER (ORDER BY anon_8.year, anon_8.slug) AS until 
FROM (SELECT units.year AS year, units.first_day AS first_day, units.last_day AS last_day, units.actor_id AS actor_id, units.slug AS slug, units.name AS name, units.kind AS kind, units.code AS code, units.width AS width, units.width AS counted 
FROM units 
WHERE units.width > 0 ORDER BY units.year, units.slug 
 LIMIT $10::BIGINT + 1) AS anon_8) AS anon_7 
WHERE anon_7.until - anon_7.counted < $10::BIGINT), 
page AS MATERIALIZED 
(SELECT lefts.year AS year, lefts.first_day AS first_day, lefts.last_day AS last_day, lefts.actor_id AS first_id, lefts.slug AS first_slug, lefts.name AS first_name, lefts.kind AS first_kind, lefts.code AS first_code, rights.actor_id AS second_id, rights.slug AS second_slug, rights.name AS second_name, rights.kind AS second_kind, rights.code AS second_code 
FROM lefts JOIN units AS rights ON rights.year = lefts.year AND rights.actor_id != lefts.actor_id ORDER BY lefts.year, lefts.slug, rights.slug 
 LIMIT $10::BIGINT), 
listed AS MATERIALIZED 
(SELECT anon_10.place AS place, anon_10.value ->> 0 AS slug, coalesce((SELECT dataset_1.id 
FROM dataset AS dataset_1 
WHERE dataset_1.slug = (anon_10.value ->> 0)), (SELECT former_slug_2.record_id 
FROM former_slug AS former_slug_2 
WHERE former_slug_2.record_type = 'dataset' AND former_slug_2.slug = (anon_10.value ->> 0))) AS dataset_id 
FROM json_array_elements(CAST($16::VARCHAR AS JSON)) WITH ORDINALITY AS anon_10(value, place)), 
records AS MATERIALIZED 
(SELECT coverage_1.dataset_id AS dataset_id, coverage_1.actor_id AS actor_id, coverage_1.counterpart_id AS counterpart_id, coverage_1.role AS role, coalesce(CASE WHEN (substr(coverage_1.covers_from, 4, 1) = 'X') THEN substr(coverage_1.covers_from_latest, 1, 4) || '-01-01' WHEN (substr(coverage_1.covers_from, 9, 2) = 'XX') THEN coverage_1.covers_from_latest WHEN (substr(coverage_1.covers_from, 6, 2) = 'XX') THEN substr(coverage_1.covers_from_latest, 1, 4) || '-12-01' ELSE nullif(coverage_1.covers_from_earliest, '') END, (SELECT CASE WHEN (substr(dataset_2.covers_from, 4, 1) = 'X') THEN substr(dataset_2.covers_from_latest, 1, 4) || '-01-01' WHEN (substr(dataset_2.covers_from, 9, 2) = 'XX') THEN dataset_2.covers_from_latest WHEN (substr(dataset_2.covers_from, 6, 2) = 'XX') THEN substr(dataset_2.covers_from_latest, 1, 4) || '-12-01' ELSE nullif(dataset_2.covers_from_earliest, '') END AS anon_17 
FROM dataset AS dataset_2 
WHERE dataset_2.id = coverage_1.dataset_id)) AS first_day, coalesce(CASE WHEN (substr(coverage_1.covers_until, 4, 1) = 'X') THEN substr(coverage_1.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(coverage_1.covers_until, 9, 2) = 'XX') THEN coverage_1.covers_until_earliest WHEN (substr(coverage_1.covers_until, 6, 2) = 'XX') THEN substr(coverage_1.covers_until_earliest, 1, 4) || '-01-31' ELSE coverage_1.covers_until_latest END, (SELECT CASE WHEN (substr(dataset_3.covers_until, 4, 1) = 'X') THEN substr(dataset_3.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(dataset_3.covers_until, 9, 2) = 'XX') THEN dataset_3.covers_until_earliest WHEN (substr(dataset_3.covers_until, 6, 2) = 'XX') THEN substr(dataset_3.covers_until_earliest, 1, 4) || '-01-31' ELSE dataset_3.covers_until_latest END AS anon_18 
FROM dataset AS dataset_3 
WHERE dataset_3.id = coverage_1.dataset_id)) AS last_day 
FROM coverage AS coverage_1 
WHERE coverage_1.dataset_id IN (SELECT listed.dataset_id 
FROM listed)), 
shown AS MATERIALIZED 
(SELECT page.year AS year, page.first_day AS first_day, page.last_day AS last_day, page.first_id AS first_id, page.first_slug AS first_slug, page.first_name AS first_name, page.first_kind AS first_kind, page.first_code AS first_code, page.second_id AS second_id, page.second_slug AS second_slug, page.second_name AS second_name, page.second_kind AS second_kind, page.second_code AS second_code 
FROM page ORDER BY page.year, page.first_slug, page.second_slug 
 LIMIT $11::BIGINT), 
looking AS MATERIALIZED 
(SELECT listed.place AS place, dataset_4.id AS dataset_id, dataset_4.slug AS dataset, CASE WHEN (substr(dataset_4.covers_from, 4, 1) = 'X') THEN substr(dataset_4.covers_from_latest, 1, 4) || '-01-01' WHEN (substr(dataset_4.covers_from, 9, 2) = 'XX') THEN dataset_4.covers_from_latest WHEN (substr(dataset_4.covers_from, 6, 2) = 'XX') THEN substr(dataset_4.covers_from_latest, 1, 4) || '-12-01' ELSE nullif(dataset_4.covers_from_earliest, '') END AS first_day, CASE WHEN (substr(dataset_4.covers_until, 4, 1) = 'X') THEN substr(dataset_4.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(dataset_4.covers_until, 9, 2) = 'XX') THEN dataset_4.covers_until_earliest WHEN (substr(dataset_4.covers_until, 6, 2) = 'XX') THEN substr(dataset_4.covers_until_earliest, 1, 4) || '-01-31' ELSE dataset_4.covers_until_latest END AS last_day, CASE WHEN (NOT (EXISTS (SELECT 1 
FROM coverage AS coverage_2 
WHERE coverage_2.dataset_id = dataset_4.id)) AND dataset_4.scope IS NOT NULL) THEN 1 ELSE 0 END AS in_words, CASE WHEN (NOT (EXISTS (SELECT 1 
FROM coverage AS coverage_2 
WHERE coverage_2.dataset_id = dataset_4.id)) AND dataset_4.scope IS NULL) THEN 1 ELSE 0 END AS is_whole, CASE WHEN (NOT (EXISTS (SELECT 1 
FROM dataset_actor_kind AS dataset_actor_kind_3 
WHERE dataset_actor_kind_3.dataset_id = dataset_4.id))) THEN 1 ELSE 0 END AS of_any_actor, CASE WHEN (SELECT min(coalesce(coverage_3.counterpart_id, 0)) = max(coalesce(coverage_3.counterpart_id, 0)) AS anon_20 
FROM coverage AS coverage_3 
WHERE coverage_3.dataset_id = dataset_4.id) THEN 1 ELSE 0 END AS is_towards_one 
FROM listed JOIN dataset AS dataset_4 ON dataset_4.id = listed.dataset_id), 
looks AS MATERIALIZED 
(SELECT shown.year AS year, shown.first_day AS first_day, shown.last_day AS last_day, shown.first_id AS first_id, shown.first_slug AS first_slug, shown.first_name AS first_name, shown.first_kind AS first_kind, shown.first_code AS first_code, shown.second_id AS second_id, shown.second_slug AS second_slug, shown.second_name AS second_name, shown.second_kind AS second_kind, shown.second_code AS second_code, looking.dataset_id AS dataset_id, CASE WHEN ((NOT (EXISTS (SELECT 1 
FROM actor_code AS actor_code_3 
WHERE actor_code_3.actor_id = shown.first_id AND actor_code_3.scheme IN ('COW', 'GLEDITSCH_WARD'))) OR (EXISTS (SELECT 1 
FROM actor_code AS actor_code_3 
WHERE actor_code_3.actor_id = shown.first_id AND actor_code_3.scheme IN ('COW', 'GLEDITSCH_WARD') AND (actor_code_3.started_on IS NULL OR actor_code_3.started_on_latest <= shown.last_day OR actor_code_3.ended_on_latest <= shown.last_day) AND (actor_code_3.ended_on IS NULL OR actor_code_3.started_on_earliest >= shown.first_day OR actor_code_3.ended_on_earliest >= shown.first_day)))) AND (NOT (EXISTS (SELECT 1 
FROM actor_code AS actor_code_4 
WHERE actor_code_4.actor_id = shown.second_id AND actor_code_4.scheme IN ('COW', 'GLEDITSCH_WARD'))) OR (EXISTS (SELECT 1 
FROM actor_code AS actor_code_4 
WHERE actor_code_4.actor_id = shown.second_id AND actor_code_4.scheme IN ('COW', 'GLEDITSCH_WARD') AND (actor_code_4.started_on IS NULL OR actor_code_4.started_on_latest <= shown.last_day OR actor_code_4.ended_on_latest <= shown.last_day) AND (actor_code_4.ended_on IS NULL OR actor_code_4.started_on_earliest >= shown.first_day OR actor_code_4.ended_on_earliest >= shown.first_day))))) THEN 1 ELSE 0 END AS are_there, CASE WHEN ((looking.of_any_actor = 1 OR (EXISTS (SELECT 1 
FROM dataset_actor_kind AS dataset_actor_kind_1 
WHERE dataset_actor_kind_1.dataset_id = looking.dataset_id AND dataset_actor_kind_1.kind = shown.first_kind))) AND (looking.of_any_actor = 1 OR (EXISTS (SELECT 1 
FROM dataset_actor_kind AS dataset_actor_kind_2 
WHERE dataset_actor_kind_2.dataset_id = looking.dataset_id AND dataset_actor_kind_2.kind = shown.second_kind)))) THEN 1 ELSE 0 END AS are_of_kind, CASE WHEN ((EXISTS (SELECT 1 
FROM records AS anon_16 
WHERE anon_16.dataset_id = looking.dataset_id AND anon_16.actor_id = shown.first_id AND anon_16.first_day <= shown.first_day AND anon_16.last_day >= shown.last_day AND anon_16.role IN ('AS_SUPPORTER', 'AS_EITHER') AND (anon_16.counterpart_id IS NULL OR anon_16.counterpart_id = shown.second_id))) OR (EXISTS (SELECT 1 
FROM records AS anon_19 
WHERE anon_19.dataset_id = looking.dataset_id AND anon_19.actor_id = shown.second_id AND anon_19.first_day <= shown.first_day AND anon_19.last_day >= shown.last_day AND anon_19.role IN ('AS_RECIPIENT', 'AS_EITHER') AND (anon_19.counterpart_id IS NULL OR anon_19.counterpart_id = shown.first_id)))) THEN 1 ELSE 0 END AS is_covered 
FROM shown JOIN looking ON true), 
pairs AS MATERIALIZED 
(SELECT anon_21.value ->> 0 AS kind, anon_21.value ->> 1 AS counted, anon_21.value ->> 2 AS how 
FROM json_array_elements(CAST($22::VARCHAR AS JSON)) WITH ORDINALITY AS anon_21(value, place)), 
phases AS MATERIALIZED 
(SELECT anon_23.place AS place, anon_23.value ->> 0 AS phase 
FROM json_array_elements(CAST($24::VARCHAR AS JSON)) WITH ORDINALITY AS anon_23(value, place)), 
columns AS MATERIALIZED 
(SELECT looking.place AS place, looking.dataset_id AS dataset_id, looking.dataset AS dataset, looking.first_day AS first_day, looking.last_day AS last_day, looking.in_words AS in_words, looking.is_whole AS is_whole, looking.of_any_actor AS of_any_actor, looking.is_towards_one AS is_towards_one, asked_kinds.place AS kind_place, asked_kinds.kind AS kind, CASE WHEN ((EXISTS (SELECT 1 
FROM dataset_support_kind AS dataset_support_kind_1 
WHERE dataset_support_kind_1.dataset_id = looking.dataset_id AND dataset_support_kind_1.kind IN (SELECT pairs.counted 
FROM pairs 
WHERE pairs.kind = asked_kinds.kind AND pairs.how = ''))) OR NOT (EXISTS (SELECT 1 
FROM dataset_support_kind AS dataset_support_kind_1 
WHERE dataset_support_kind_1.dataset_id = looking.dataset_id))) THEN 1 ELSE 0 END AS is_looked_for, phases.place AS phase_place, phases.phase AS phase 
FROM looking JOIN (SELECT anon_22.place AS place, anon_22.value ->> 0 AS kind 
FROM json_array_elements(CAST($23::VARCHAR AS JSON)) WITH ORDINALITY AS anon_22(value, place)) AS asked_kinds ON true JOIN phases ON true), 
givers AS MATERIALIZED 
(SELECT lefts.actor_id AS actor_id, min(lefts.first_day) AS first_day, max(lefts.last_day) AS last_day 
FROM lefts GROUP BY lefts.actor_id), 
given AS MATERIALIZED 
(SELECT givers.actor_id AS first_id, support_1.recipient_id AS second_id, 'GIVEN' AS side, support_1.dataset_id AS dataset_id, support_1.kind AS kind, support_1.phase AS phase, support_1.attribution AS attribution, support_1.started_on_earliest AS started_on_earliest, support_1.started_on_latest AS started_on_latest, support_1.ended_on_earliest AS ended_on_earliest, support_1.ended_on_latest AS ended_on_latest, support_1.started_on AS started_on, support_1.ended_on AS ended_on, support_1.start_censored AS start_censored, support_1.end_censored AS end_censored 
FROM givers JOIN support AS support_1 ON support_1.supporter_id = givers.actor_id AND support_1.supporter_id = any(array((SELECT givers.actor_id 
FROM givers))) 
WHERE support_1.kind = any(array((SELECT pairs.counted 
FROM pairs))) AND support_1.phase = any(array((SELECT phases.phase 
FROM phases))) AND support_1.dataset_id = any(array((SELECT listed.dataset_id 
FROM listed))) AND (support_1.start_censored OR support_1.started_on_earliest <= givers.last_day OR support_1.ended_on_latest <= givers.last_day) AND (support_1.end_censored OR support_1.ended_on IS NULL OR support_1.ended_on_latest >= givers.first_day OR support_1.started_on_earliest >= givers.first_day) AND support_1.attribution != 'SOME_OF' UNION ALL SELECT givers.actor_id AS first_id, support_2.recipient_id AS second_id, 'GIVEN' AS side, support_2.dataset_id AS dataset_id, support_2.kind AS kind, support_2.phase AS phase, support_2.attribution AS attribution, support_2.started_on_earliest AS started_on_earliest, support_2.started_on_latest AS started_on_latest, support_2.ended_on_earliest AS ended_on_earliest, support_2.ended_on_latest AS ended_on_latest, support_2.started_on AS started_on, support_2.ended_on AS ended_on, support_2.start_censored AS start_censored, support_2.end_censored AS end_censored 
FROM givers JOIN candidate AS candidate_1 ON candidate_1.actor_id = givers.actor_id AND candidate_1.actor_id = any(array((SELECT givers.actor_id 
FROM givers))) JOIN support AS support_2 ON support_2.id = candidate_1.support_id AND support_2.attribution = 'SOME_OF' 
WHERE support_2.kind = any(array((SELECT pairs.counted 
FROM pairs))) AND support_2.phase = any(array((SELECT phases.phase 
FROM phases))) AND support_2.dataset_id = any(array((SELECT listed.dataset_id 
FROM listed))) AND (support_2.start_censored OR support_2.started_on_earliest <= givers.last_day OR support_2.ended_on_latest <= givers.last_day) AND (support_2.end_censored OR support_2.ended_on IS NULL OR support_2.ended_on_latest >= givers.first_day OR support_2.started_on_earliest >= givers.first_day)), 
met AS MATERIALIZED 
(SELECT lefts.year AS year, given.first_id AS first_id, given.second_id AS second_id, given.side AS side, given.dataset_id AS dataset_id, given.kind AS kind, given.phase AS phase, CASE WHEN (given.attribution = 'SOME_OF') THEN 1 ELSE 0 END AS is_possible, CASE WHEN ((given.started_on_latest <= lefts.last_day OR given.ended_on_latest <= lefts.last_day) AND (given.ended_on_earliest >= lefts.first_day OR given.started_on_earliest >= lefts.first_day OR given.ended_on IS NULL AND coalesce((SELECT CASE WHEN (substr(dataset_5.covers_until, 4, 1) = 'X') THEN substr(dataset_5.covers_until_earliest, 1, 4) || '-12-31' WHEN (substr(dataset_5.covers_until, 9, 2) = 'XX') THEN dataset_5.covers_until_earliest WHEN (substr(dataset_5.covers_until, 6, 2) = 'XX') THEN substr(dataset_5.covers_until_earliest, 1, 4) || '-01-31' ELSE dataset_5.covers_until_latest END AS anon_24 
FROM dataset AS dataset_5 
WHERE dataset_5.id = given.dataset_id), CASE WHEN given.end_censored THEN NULL ELSE '9999-12-31' END) >= lefts.first_day)) THEN 1 ELSE 0 END AS is_certain, CASE WHEN ((given.started_on_earliest <= lefts.last_day OR given.ended_on_latest <= lefts.last_day) AND (given.ended_on IS NULL OR given.ended_on_latest >= lefts.first_day OR given.started_on_earliest >= lefts.first_day)) THEN 1 ELSE 0 END AS by_dates 
FROM lefts JOIN given ON given.first_id = lefts.actor_id AND (given.start_censored OR given.started_on_earliest <= lefts.last_day OR given.ended_on_latest <= lefts.last_day) AND (given.end_censored OR given.ended_on IS NULL OR given.ended_on_latest >= lefts.first_day OR given.started_on_earliest >= lefts.first_day)), 
tallied AS MATERIALIZED 
(SELECT met.year AS year, met.first_id AS first_id, met.second_id AS second_id, met.dataset_id AS dataset_id, pairs.kind AS "of", met.phase AS phase, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 1 AND met.is_possible = 0) THEN 1 ELSE 0 END) AS certain, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 1 AND met.is_possible = 1) THEN 1 ELSE 0 END) AS possible, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 0) THEN 1 ELSE 0 END) AS uncertain, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 0 AND met.by_dates = 1) THEN 1 ELSE 0 END) AS undated, sum(CASE WHEN (pairs.how = 'broader' AND met.by_dates = 1) THEN 1 ELSE 0 END) AS broader, sum(CASE WHEN (met.is_certain = 0 AND met.by_dates = 0) THEN 1 ELSE 0 END) AS censored 
FROM met JOIN pairs ON pairs.counted = met.kind GROUP BY met.year, met.first_id, met.second_id, met.dataset_id, pairs.kind, met.phase), 
cell AS MATERIALIZED 
(SELECT looks.year AS year, looks.first_id AS first_id, looks.first_slug AS first_slug, looks.first_name AS first_name, looks.first_kind AS first_kind, looks.first_code AS first_code, looks.second_id AS second_id, looks.second_slug AS second_slug, looks.second_name AS second_name, looks.second_kind AS second_kind, looks.second_code AS second_code, columns.dataset AS dataset, columns.kind AS kind, columns.phase AS phase, columns.place AS place, columns.kind_place AS kind_place, columns.phase_place AS phase_place, coalesce(tallied.certain, 0) AS certain, coalesce(tallied.possible, 0) AS possible, coalesce(tallied.uncertain, 0) AS uncertain, CASE WHEN (looks.are_there = 0) THEN 'NOT_THERE' WHEN (NOT (columns.is_looked_for = 1 AND looks.are_of_kind = 1)) THEN 'OUT_OF_SCOPE' WHEN (looks.is_covered != 1 AND columns.in_words = 1) THEN 'SCOPE_IN_WORDS' WHEN ((looks.is_covered = 1 OR columns.is_whole = 1 AND columns.first_day <= looks.first_day AND columns.last_day >= looks.last_day) IS NOT true) THEN 'NOT_COVERED' WHEN (coalesce(tallied.undated, 0) > 0) THEN 'UNCERTAIN_DATE' WHEN (coalesce(tallied.broader, 0) > 0) THEN 'BROADER_KIND' WHEN (looks.is_covered != 1 AND coalesce(tallied.censored, 0) > 0) THEN 'CENSORED' ELSE NULL END AS unseen 
FROM looks JOIN columns ON columns.dataset_id = looks.dataset_id FULL OUTER JOIN tallied ON tallied.dataset_id = columns.dataset_id AND tallied."of" = columns.kind AND tallied.year = looks.year AND tallied.first_id = looks.first_id AND tallied.second_id = looks.second_id AND tallied.phase = columns.phase 
WHERE coalesce(looks.year, 0) > 0)
 SELECT concat('{"totalCount":', coalesce(to_json(CAST((SELECT coalesce(sum(units.width), 0) AS coalesce_1 
FROM units) AS BIGINT)), 'null'), ',"nodes":[', string_agg(concat('{', $7::VARCHAR, coalesce(to_json(rows.year), 'null'), ',"supporter":{"slug":"', rows.first_slug, '","name":', coalesce(to_json(rows.first_name), 'null'), ',', $8::VARCHAR, coalesce(to_json(rows.first_code), 'null'), '},"recipient":{"slug":"', rows.second_slug, '"},', $9::VARCHAR, rows.cells_0, '}'), ',' ORDER BY rows.year, rows.first_slug, rows.second_slug), '],"pageInfo":{"hasNextPage":', coalesce(CAST((SELECT count(*) AS count_2 
FROM page) > $11::BIGINT AS TEXT), 'null'), ',"endCursor":', coalesce('"' || (SELECT encode(convert_to('d4eabd9f' || $12::VARCHAR || CAST(anon_9.year AS TEXT) || $13::VARCHAR || anon_9.first_slug || $14::VARCHAR || anon_9.second_slug, 'UTF8'), 'hex') AS encode_1 
FROM (SELECT page.year AS year, page.first_day AS first_day, page.last_day AS last_day, page.first_id AS first_id, page.first_slug AS first_slug, page.first_name AS first_name, page.first_kind AS first_kind, page.first_code AS first_code, page.second_id AS second_id, page.second_slug AS second_slug, page.second_name AS second_name, page.second_kind AS second_kind, page.second_code AS second_code 
FROM page 
 LIMIT $11::BIGINT) AS anon_9 ORDER BY anon_9.year DESC, anon_9.first_slug DESC, anon_9.second_slug DESC 
 LIMIT $15::INTEGER) || '"', 'null'), '}}') AS concat_1, coalesce('dataset ' || (SELECT listed.slug 
FROM listed 
WHERE listed.dataset_id IS NULL ORDER BY listed.place 
 LIMIT $17::INTEGER), 'actor ' || (SELECT named.name 
FROM named 
WHERE named.actor_id IS NULL ORDER BY named.place 
 LIMIT $18::INTEGER), (SELECT 'unit-years ' || CAST(anon_12.number AS TEXT) AS anon_11 
FROM (SELECT ((SELECT count(DISTINCT actor_code_1.actor_id) AS count_1 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.scheme = $2::VARCHAR AND actor_code_1.started_on_earliest <= (substr(CAST($3::INTEGER + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_1.ended_on_latest, '9999-12-31') >= (substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-01-01')) + $4::BIGINT) * CAST(($3::INTEGER - $1::INTEGER) + 1 AS BIGINT) AS number) AS anon_12 
WHERE anon_12.number > 150000), (SELECT 'rows ' || CAST(anon_14.number AS TEXT) AS anon_13 
FROM (SELECT CAST((SELECT coalesce(sum(units.width), 0) AS coalesce_2 
FROM units) AS BIGINT) AS number) AS anon_14 
WHERE anon_14.number > 5000000)) AS refusal, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_15 
FROM (SELECT cell.year AS year, cell.first_slug AS first_slug, cell.second_slug AS second_slug, cell.first_id AS first_id, cell.first_name AS first_name, cell.first_kind AS first_kind, cell.first_code AS first_code, cell.second_id AS second_id, cell.second_name AS second_name, cell.second_kind AS second_kind, cell.second_code AS second_code, concat('[', string_agg(concat('{"dataset":"', cell.dataset, '","kind":"', cell.kind, '","phase":', coalesce('"' || cell.phase || '"', 'null'), ',', $19::VARCHAR, coalesce(to_json(CASE WHEN (cell.certain > 0) THEN cell.certain WHEN (cell.unseen IS NULL) THEN 0 END), 'null'), ',', $20::VARCHAR, coalesce(to_json(CASE WHEN (cell.possible > 0) THEN cell.possible WHEN (cell.unseen IS NULL) THEN 0 END), 'null'), ',', $21::VARCHAR, coalesce('"' || CASE WHEN (cell.certain = 0) THEN cell.unseen END || '"', 'null'), ',"supports":["/api/v1/supports?dataset.slug=', cell.dataset, '&kind.under=', cell.kind, '&phase=', cell.phase, '&validAt=', substr(CAST(cell.year + 10000 AS TEXT), 2), '&supporter.slug=', cell.first_slug, '&recipient.slug=', cell.second_slug, '"]}'), ',' ORDER BY cell.place, cell.kind_place, cell.phase_place), ']') AS cells_0 
FROM cell GROUP BY cell.year, cell.first_slug, cell.second_slug, cell.first_id, cell.first_name, cell.first_kind, cell.first_code, cell.second_id, cell.second_name, cell.second_kind, cell.second_code ORDER BY cell.year, cell.first_slug, cell.second_slug, cell.first_id, cell.first_name, cell.first_kind, cell.first_code, cell.second_id, cell.second_name, cell.second_kind, cell.second_code) AS rows
-- [null, null, null, null, null, null, "\"year\":", "\"code\":", "\"cells\":", null, null, "\u001f", "\u001f", "\u001f", 1, null, 1, 1, "\"certain\":", "\"possible\":", "\"missing\":", null, null, null]
