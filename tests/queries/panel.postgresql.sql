WITH RECURSIVE units_years_each(year) AS 
(SELECT $1::INTEGER AS year 
WHERE ((SELECT count(DISTINCT actor_code_1.actor_id) AS count_1 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.scheme = $2::VARCHAR AND actor_code_1.started_on_earliest <= (substr(CAST($3::INTEGER + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_1.ended_on_latest, '9999-12-31') >= (substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-01-01')) + $4::BIGINT) * CAST(($3::INTEGER - $1::INTEGER) + 1 AS BIGINT) <= 150000 AND $1::INTEGER <= $3::INTEGER UNION ALL SELECT units_years_each.year + 1 AS anon_6 
FROM units_years_each 
WHERE units_years_each.year < $3::INTEGER), 
units_years AS MATERIALIZED 
(SELECT units_years_each.year AS year, substr(CAST(units_years_each.year + 10000 AS TEXT), 2) || '-01-01' AS first_day, substr(CAST(units_years_each.year + 10000 AS TEXT), 2) || '-12-31' AS last_day, substr(CAST(units_years_each.year + 10000 AS TEXT), 2) || '-07-01' AS middle_day 
FROM units_years_each), 
named AS MATERIALIZED 
(SELECT anon_7.place AS place, anon_7.text_0 AS slug, coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = anon_7.text_0), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = anon_7.text_0)) AS actor_id 
FROM (SELECT anon_8.place AS place, anon_8.value ->> 0 AS text_0 
FROM json_array_elements(CAST($6::VARCHAR AS JSON)) WITH ORDINALITY AS anon_8(value, place)) AS anon_7), 
candidates AS MATERIALIZED 
(SELECT actor_code_2.actor_id AS actor_id, actor_code_2.started_on_earliest AS begun, coalesce(actor_code_2.ended_on_latest, '9999-12-31') AS "over", actor_code_2.value AS code, CASE WHEN (actor_code_2.ended_on IS NULL) THEN 1 ELSE 0 END AS is_open 
FROM actor_code AS actor_code_2 
WHERE actor_code_2.scheme = $5::VARCHAR AND actor_code_2.started_on_earliest <= (substr(CAST($3::INTEGER + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_2.ended_on_latest, '9999-12-31') >= (substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-01-01') UNION ALL SELECT named.actor_id AS actor_id, '' AS begun, '9999-12-31' AS "over", CAST(NULL AS TEXT) COLLATE "C" AS code, 0 AS is_open 
FROM named 
WHERE named.actor_id IS NOT NULL), 
units AS MATERIALIZED 
(SELECT anon_1.year AS year, substr(CAST(anon_1.year + 10000 AS TEXT), 2) || '-01-01' AS first_day, substr(CAST(anon_1.year + 10000 AS TEXT), 2) || '-12-31' AS last_day, anon_1.actor_id AS actor_id, anon_1.code AS code, actor_1.slug AS slug, actor_1.name AS name, actor_1.kind AS kind, row_number() OVER (PARTITION BY anon_1.year ORDER BY actor_1.slug) AS rank, count(*) OVER (PARTITION BY anon_1.year) AS size 
FROM (SELECT anon_2.year AS year, anon_2.actor_id AS actor_id, anon_2.begun AS begun, anon_2."over" AS "over", anon_2.code AS code, anon_2.is_open AS is_open, anon_2.in_middle AS in_middle 
FROM (SELECT anon_3.year AS year, anon_3.actor_id AS actor_id, anon_3.begun AS begun, anon_3."over" AS "over", anon_3.code AS code, anon_3.is_open AS is_open, anon_3.in_middle AS in_middle, row_number() OVER (PARTITION BY anon_3.year, anon_3.actor_id ORDER BY anon_3.code IS NULL, anon_3.in_middle DESC, anon_3.is_open DESC, anon_3.begun DESC, anon_3.code, anon_3.actor_id) AS place 
FROM (SELECT anon_4.year AS year, anon_4.actor_id AS actor_id, anon_4.begun AS begun, anon_4."over" AS "over", anon_4.code AS code, anon_4.is_open AS is_open, anon_4.in_middle AS in_middle 
FROM (SELECT anon_5.year AS year, anon_5.actor_id AS actor_id, anon_5.begun AS begun, anon_5."over" AS "over", anon_5.code AS code, anon_5.is_open AS is_open, anon_5.in_middle AS in_middle, row_number() OVER (PARTITION BY anon_5.year, anon_5.code, CASE WHEN (anon_5.code IS NULL) THEN anon_5.actor_id END ORDER BY anon_5.code IS NULL, anon_5.in_middle DESC, anon_5.is_open DESC, anon_5.begun DESC, anon_5.code, anon_5.actor_id) AS place 
FROM (SELECT units_years.year AS year, candidates.actor_id AS actor_id, candidates.begun AS begun, candidates."over" AS "over", candidates.code AS code, candidates.is_open AS is_open, CASE WHEN (candidates.begun <= units_years.middle_day AND candidates."over" >= units_years.middle_day) THEN 1 ELSE 0 END AS in_middle 
FROM units_years JOIN candidates ON candidates.begun <= units_years.last_day AND candidates."over" >= units_years.first_day) AS anon_5) AS anon_4 
WHERE anon_4.place < 2) AS anon_3) AS anon_2 
WHERE anon_2.place < 2) AS anon_1 JOIN actor AS actor_1 ON actor_1.id = anon_1.actor_id), 
lefts AS MATERIALIZED 
(SELECT anon_9.year AS year, anon_9.first_day AS first_day, anon_9.last_day AS last_day, anon_9.actor_id AS actor_id, anon_9.code AS code, anon_9.slug AS slug, anon_9.name AS name, anon_9.kind AS kind, anon_9.rank AS rank, anon_9.size AS size, anon_9.width AS width, anon_9.until AS until 
FROM (SELECT units.year AS year, units.first_day AS first_day, units.last_day AS last_day, units.actor_id AS actor_id, units.code AS code, units.slug AS slug, units.name AS name, units.kind AS kind, units.rank AS rank, units.size AS size, units.size - 1 AS width, sum(units.size - 1) OVER (ORDER BY units.year, units.slug) AS until 
FROM units) AS anon_9 
WHERE anon_9.until - anon_9.width < $10::BIGINT), 
page AS MATERIALIZED 
(SELECT lefts.year AS year, lefts.first_day AS first_day, lefts.last_day AS last_day, lefts.actor_id AS first_id, lefts.slug AS first_slug, lefts.name AS first_name, lefts.kind AS first_kind, lefts.code AS first_code, rights.actor_id AS second_id, rights.slug AS second_slug, rights.name AS second_name, rights.kind AS second_kind, rights.code AS second_code 
FROM lefts JOIN units AS rights ON rights.year = lefts.year AND rights.actor_id != lefts.actor_id ORDER BY lefts.year, lefts.slug, rights.slug 
 LIMIT $10::BIGINT), 
listed AS MATERIALIZED 
(SELECT anon_11.place AS place, anon_11.text_0 AS slug, coalesce((SELECT dataset_1.id 
FROM dataset AS dataset_1 
WHERE dataset_1.slug = anon_11.text_0), (SELECT former_slug_2.record_id 
FROM former_slug AS former_slug_2 
WHERE former_slug_2.record_type = 'dataset' AND former_slug_2.slug = anon_11.text_0)) AS dataset_id 
FROM (SELECT anon_12.place AS place, anon_12.value ->> 0 AS text_0 
FROM json_array_elements(CAST($16::VARCHAR AS JSON)) WITH ORDINALITY AS anon_12(value, place)) AS anon_11), 
shown AS MATERIALIZED 
(SELECT page.year AS year, page.first_day AS first_day, page.last_day AS last_day, page.first_id AS first_id, page.first_slug AS first_slug, page.first_name AS first_name, page.first_kind AS first_kind, page.first_code AS first_code, page.second_id AS second_id, page.second_slug AS second_slug, page.second_name AS second_name, page.second_kind AS second_kind, page.second_code AS second_code 
FROM page ORDER BY page.year, page.first_slug, page.second_slug 
 LIMIT $11::BIGINT), 
pairs AS MATERIALIZED 
(SELECT anon_21.text_0 AS kind, anon_21.text_1 AS counted, anon_21.text_2 AS how 
FROM (SELECT anon_22.place AS place, anon_22.value ->> 0 AS text_0, anon_22.value ->> 1 AS text_1, anon_22.value ->> 2 AS text_2 
FROM json_array_elements(CAST($22::VARCHAR AS JSON)) WITH ORDINALITY AS anon_22(value, place)) AS anon_21), 
looking AS MATERIALIZED 
(SELECT listed.place AS place, dataset_2.id AS dataset_id, dataset_2.slug AS dataset, nullif(dataset_2.covers_from_earliest, '') AS first_day, dataset_2.covers_until_latest AS last_day, CASE WHEN (NOT (EXISTS (SELECT 1 
FROM coverage AS coverage_1 
WHERE coverage_1.dataset_id = dataset_2.id)) AND dataset_2.scope IS NOT NULL) THEN 1 ELSE 0 END AS in_words, CASE WHEN (NOT (EXISTS (SELECT 1 
FROM coverage AS coverage_1 
WHERE coverage_1.dataset_id = dataset_2.id)) AND dataset_2.scope IS NULL) THEN 1 ELSE 0 END AS is_whole 
FROM listed JOIN dataset AS dataset_2 ON dataset_2.id = listed.dataset_id), 
phases AS MATERIALIZED 
(SELECT anon_24.place AS place, anon_24.text_0 AS phase 
FROM (SELECT anon_25.place AS place, anon_25.value ->> 0 AS text_0 
FROM json_array_elements(CAST($24::VARCHAR AS JSON)) WITH ORDINALITY AS anon_25(value, place)) AS anon_24), 
columns AS MATERIALIZED 
(SELECT looking.place AS place, looking.dataset_id AS dataset_id, looking.dataset AS dataset, looking.first_day AS first_day, looking.last_day AS last_day, looking.in_words AS in_words, looking.is_whole AS is_whole, anon_20.place AS kind_place, anon_20.text_0 AS kind, CASE WHEN ((EXISTS (SELECT 1 
FROM dataset_support_kind AS dataset_support_kind_1 
WHERE dataset_support_kind_1.dataset_id = looking.dataset_id AND dataset_support_kind_1.kind IN (SELECT pairs.counted 
FROM pairs 
WHERE pairs.kind = anon_20.text_0 AND pairs.how = ''))) OR NOT (EXISTS (SELECT 1 
FROM dataset_support_kind AS dataset_support_kind_1 
WHERE dataset_support_kind_1.dataset_id = looking.dataset_id))) THEN 1 ELSE 0 END AS is_looked_for, phases.place AS phase_place, phases.phase AS phase 
FROM looking JOIN (SELECT anon_23.place AS place, anon_23.value ->> 0 AS text_0 
FROM json_array_elements(CAST($23::VARCHAR AS JSON)) WITH ORDINALITY AS anon_23(value, place)) AS anon_20 ON true JOIN phases ON true), 
records AS MATERIALIZED 
(SELECT coverage_2.dataset_id AS dataset_id, coverage_2.actor_id AS actor_id, coverage_2.role AS role, coalesce(nullif(coverage_2.covers_from_earliest, ''), nullif((SELECT dataset_3.covers_from_earliest 
FROM dataset AS dataset_3 
WHERE dataset_3.id = coverage_2.dataset_id), '')) AS first_day, coalesce(coverage_2.covers_until_latest, (SELECT dataset_4.covers_until_latest 
FROM dataset AS dataset_4 
WHERE dataset_4.id = coverage_2.dataset_id)) AS last_day 
FROM coverage AS coverage_2 
WHERE coverage_2.dataset_id IN (SELECT listed.dataset_id 
FROM listed)), 
present AS MATERIALIZED 
(SELECT present_units.year AS year, present_units.first_day AS first_day, present_units.last_day AS last_day, present_units.actor_id AS actor_id, present_units.code AS code, present_units.slug AS slug, present_units.name AS name, present_units.kind AS kind, present_units.rank AS rank, present_units.size AS size 
FROM units AS present_units 
WHERE present_units.year IN (SELECT lefts.year 
FROM lefts)), 
looks AS MATERIALIZED 
(SELECT present.year AS year, present.actor_id AS actor_id, looking.dataset_id AS dataset_id, CASE WHEN ((EXISTS (SELECT 1 
FROM actor_code AS actor_code_3 
WHERE actor_code_3.actor_id = present.actor_id AND actor_code_3.scheme IN ('COW', 'GLEDITSCH_WARD') AND actor_code_3.started_on_earliest <= present.last_day AND coalesce(actor_code_3.ended_on_latest, '9999-12-31') >= present.first_day)) OR NOT (EXISTS (SELECT 1 
FROM actor_code AS actor_code_3 
WHERE actor_code_3.actor_id = present.actor_id AND actor_code_3.scheme IN ('COW', 'GLEDITSCH_WARD')))) THEN 1 ELSE 0 END AS is_there, CASE WHEN ((EXISTS (SELECT 1 
FROM dataset_actor_kind AS dataset_actor_kind_1 
WHERE dataset_actor_kind_1.dataset_id = looking.dataset_id AND dataset_actor_kind_1.kind = present.kind)) OR NOT (EXISTS (SELECT 1 
FROM dataset_actor_kind AS dataset_actor_kind_1 
WHERE dataset_actor_kind_1.dataset_id = looking.dataset_id))) THEN 1 ELSE 0 END AS is_kind, CASE WHEN (EXISTS (SELECT 1 
FROM records AS anon_26 
WHERE anon_26.dataset_id = looking.dataset_id AND anon_26.actor_id = present.actor_id AND anon_26.first_day <= present.first_day AND anon_26.last_day >= present.last_day AND anon_26.role IN ('AS_SUPPORTER', 'AS_EITHER'))) THEN 1 ELSE 0 END AS "GIVEN", CASE WHEN (EXISTS (SELECT 1 
FROM records AS anon_27 
WHERE anon_27.dataset_id = looking.dataset_id AND anon_27.actor_id = present.actor_id AND anon_27.first_day <= present.first_day AND anon_27.last_day >= present.last_day AND anon_27.role IN ('AS_RECIPIENT', 'AS_EITHER'))) THEN 1 ELSE 0 END AS "RECEIVED" 
FROM present JOIN looking ON true), 
givers AS MATERIALIZED 
(SELECT lefts.actor_id AS actor_id, min(lefts.first_day) AS first_day, max(lefts.last_day) AS last_day 
FROM lefts GROUP BY lefts.actor_id), 
given AS MATERIALIZED 
(SELECT givers.actor_id AS first_id, support_1.recipient_id AS second_id, 'GIVEN' AS side, support_1.dataset_id AS dataset_id, support_1.kind AS kind, support_1.phase AS phase, support_1.attribution AS attribution, support_1.started_on_earliest AS started_on_earliest, support_1.started_on_latest AS started_on_latest, support_1.ended_on_earliest AS ended_on_earliest, support_1.ended_on_latest AS ended_on_latest, support_1.started_on AS started_on, support_1.ended_on AS ended_on, support_1.start_censored AS start_censored, support_1.end_censored AS end_censored 
FROM givers JOIN support AS support_1 ON support_1.supporter_id = givers.actor_id AND support_1.supporter_id = any(array((SELECT givers.actor_id 
FROM givers))) AND support_1.attribution != 'SOME_OF' 
WHERE support_1.kind IN (SELECT pairs.counted 
FROM pairs) AND support_1.phase IN (SELECT phases.phase 
FROM phases) AND support_1.dataset_id IN (SELECT looking.dataset_id 
FROM looking) AND (support_1.start_censored OR support_1.started_on_earliest <= givers.last_day) AND (support_1.end_censored OR support_1.ended_on IS NULL OR support_1.ended_on_latest >= givers.first_day) UNION ALL SELECT givers.actor_id AS first_id, support_2.recipient_id AS second_id, 'GIVEN' AS side, support_2.dataset_id AS dataset_id, support_2.kind AS kind, support_2.phase AS phase, support_2.attribution AS attribution, support_2.started_on_earliest AS started_on_earliest, support_2.started_on_latest AS started_on_latest, support_2.ended_on_earliest AS ended_on_earliest, support_2.ended_on_latest AS ended_on_latest, support_2.started_on AS started_on, support_2.ended_on AS ended_on, support_2.start_censored AS start_censored, support_2.end_censored AS end_censored 
FROM givers JOIN candidate AS candidate_1 ON candidate_1.actor_id = givers.actor_id AND candidate_1.actor_id = any(array((SELECT givers.actor_id 
FROM givers))) JOIN support AS support_2 ON support_2.id = candidate_1.support_id AND support_2.attribution = 'SOME_OF' 
WHERE support_2.kind IN (SELECT pairs.counted 
FROM pairs) AND support_2.phase IN (SELECT phases.phase 
FROM phases) AND support_2.dataset_id IN (SELECT looking.dataset_id 
FROM looking) AND (support_2.start_censored OR support_2.started_on_earliest <= givers.last_day) AND (support_2.end_censored OR support_2.ended_on IS NULL OR support_2.ended_on_latest >= givers.first_day)), 
met AS MATERIALIZED 
(SELECT lefts.year AS year, given.first_id AS first_id, given.second_id AS second_id, given.side AS side, given.dataset_id AS dataset_id, given.kind AS kind, given.phase AS phase, CASE WHEN (given.attribution = 'SOME_OF') THEN 1 ELSE 0 END AS is_possible, CASE WHEN ((given.started_on_latest <= lefts.last_day OR given.ended_on_latest <= lefts.last_day) AND (given.ended_on_earliest >= lefts.first_day OR given.started_on_earliest >= lefts.first_day OR given.ended_on IS NULL AND coalesce((SELECT dataset_5.covers_until_latest 
FROM dataset AS dataset_5 
WHERE dataset_5.id = given.dataset_id), CASE WHEN given.end_censored THEN NULL ELSE '9999-12-31' END) >= lefts.first_day)) THEN 1 ELSE 0 END AS is_certain, CASE WHEN (given.started_on_earliest <= lefts.last_day AND (given.ended_on IS NULL OR given.ended_on_latest >= lefts.first_day)) THEN 1 ELSE 0 END AS by_dates 
FROM lefts JOIN given ON given.first_id = lefts.actor_id AND (given.start_censored OR given.started_on_earliest <= lefts.last_day) AND (given.end_censored OR given.ended_on IS NULL OR given.ended_on_latest >= lefts.first_day)), 
tallied AS MATERIALIZED 
(SELECT met.year AS year, met.first_id AS first_id, met.second_id AS second_id, met.dataset_id AS dataset_id, pairs.kind AS "of", met.phase AS phase, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 1 AND met.is_possible = 0) THEN 1 ELSE 0 END) AS certain, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 1 AND met.is_possible = 1) THEN 1 ELSE 0 END) AS possible, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 0) THEN 1 ELSE 0 END) AS uncertain, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 0 AND met.by_dates = 1) THEN 1 ELSE 0 END) AS undated, sum(CASE WHEN (pairs.how = 'broader' AND met.by_dates = 1) THEN 1 ELSE 0 END) AS broader, sum(CASE WHEN (met.is_certain = 0 AND met.by_dates = 0) THEN 1 ELSE 0 END) AS censored 
FROM met JOIN pairs ON pairs.counted = met.kind GROUP BY met.year, met.first_id, met.second_id, met.dataset_id, pairs.kind, met.phase), 
cells AS MATERIALIZED 
(SELECT cell.year AS year, cell.first_id AS first_id, cell.second_id AS second_id, concat('[', string_agg(concat('{"dataset":"', cell.dataset, '","kind":"', cell.kind, '","phase":', coalesce('"' || cell.phase || '"', 'null'), ',', $19::VARCHAR, coalesce(to_json(CASE WHEN (cell.certain > 0) THEN cell.certain WHEN (cell.unseen IS NULL) THEN 0 END), 'null'), ',', $20::VARCHAR, coalesce(to_json(CASE WHEN (cell.possible > 0) THEN cell.possible WHEN (cell.unseen IS NULL) THEN 0 END), 'null'), ',', $21::VARCHAR, coalesce('"' || CASE WHEN (cell.certain = 0) THEN cell.unseen END || '"', 'null'), ',"supports":["/api/v1/supports?dataset.slug=', cell.dataset, '&kind.under=', cell.kind, '&phase=', cell.phase, '&validAt=', substr(CAST(cell.year + 10000 AS TEXT), 2), '&supporter.slug=', cell.first_slug, '&recipient.slug=', cell.second_slug, '"]}'), ',' ORDER BY cell.place, cell.kind_place, cell.phase_place), ']') AS cells_0 
FROM (SELECT shown.year AS year, shown.first_day AS first_day, shown.last_day AS last_day, shown.first_id AS first_id, shown.first_slug AS first_slug, shown.first_name AS first_name, shown.first_kind AS first_kind, shown.first_code AS first_code, shown.second_id AS second_id, shown.second_slug AS second_slug, shown.second_name AS second_name, shown.second_kind AS second_kind, shown.second_code AS second_code, columns.place AS place, columns.dataset_id AS dataset_id, columns.dataset AS dataset, columns.in_words AS in_words, columns.is_whole AS is_whole, columns.kind_place AS kind_place, columns.kind AS kind, columns.is_looked_for AS is_looked_for, columns.phase_place AS phase_place, columns.phase AS phase, coalesce(tallied.certain, 0) AS certain, coalesce(tallied.possible, 0) AS possible, coalesce(tallied.uncertain, 0) AS uncertain, coalesce(tallied.undated, 0) AS undated, coalesce(tallied.broader, 0) AS broader, coalesce(tallied.censored, 0) AS censored, CASE WHEN (NOT (anon_18.is_there = 1 AND anon_19.is_there = 1)) THEN 'NOT_THERE' WHEN (NOT (columns.is_looked_for = 1 AND anon_18.is_kind = 1 AND anon_19.is_kind = 1)) THEN 'OUT_OF_SCOPE' WHEN (NOT (anon_18."GIVEN" = 1 OR anon_19."RECEIVED" = 1) AND columns.in_words = 1) THEN 'SCOPE_IN_WORDS' WHEN ((anon_18."GIVEN" = 1 OR anon_19."RECEIVED" = 1 OR columns.is_whole = 1 AND columns.first_day <= shown.first_day AND columns.last_day >= shown.last_day) IS NOT true) THEN 'NOT_COVERED' WHEN (coalesce(tallied.undated, 0) > 0) THEN 'UNCERTAIN_DATE' WHEN (coalesce(tallied.broader, 0) > 0) THEN 'BROADER_KIND' WHEN (NOT (anon_18."GIVEN" = 1 OR anon_19."RECEIVED" = 1) AND coalesce(tallied.censored, 0) > 0) THEN 'CENSORED' ELSE NULL END AS unseen 
FROM shown JOIN columns ON true JOIN looks AS anon_18 ON anon_18.year = shown.year AND anon_18.actor_id = shown.first_id AND anon_18.dataset_id = columns.dataset_id JOIN looks AS anon_19 ON anon_19.year = shown.year AND anon_19.actor_id = shown.second_id AND anon_19.dataset_id = columns.dataset_id LEFT OUTER JOIN tallied ON tallied.dataset_id = columns.dataset_id AND tallied."of" = columns.kind AND tallied.year = shown.year AND tallied.first_id = shown.first_id AND tallied.second_id = shown.second_id AND tallied.phase = columns.phase) AS cell GROUP BY cell.year, cell.first_id, cell.second_id)
 SELECT concat('{"totalCount":', coalesce(to_json(CAST((SELECT coalesce(sum(units.size - 1), 0) AS coalesce_1 
FROM units) AS BIGINT)), 'null'), ',"nodes":[', string_agg(concat('{', $7::VARCHAR, coalesce(to_json(rows.year), 'null'), ',"supporter":{"slug":"', rows.first_slug, '","name":', coalesce(to_json(rows.first_name), 'null'), ',', $8::VARCHAR, coalesce(to_json(rows.first_code), 'null'), '},"recipient":{"slug":"', rows.second_slug, '"},', $9::VARCHAR, coalesce(rows.cells_0, '[]'), '}'), ',' ORDER BY rows.year, rows.first_slug, rows.second_slug), '],"pageInfo":{"hasNextPage":', coalesce(CAST((SELECT count(*) AS count_2 
FROM page) > $11::BIGINT AS TEXT), 'null'), ',"endCursor":', coalesce('"' || (SELECT encode(convert_to('d4eabd9f' || $12::VARCHAR || CAST(anon_10.year AS TEXT) || $13::VARCHAR || anon_10.first_slug || $14::VARCHAR || anon_10.second_slug, 'UTF8'), 'hex') AS encode_1 
FROM (SELECT page.year AS year, page.first_day AS first_day, page.last_day AS last_day, page.first_id AS first_id, page.first_slug AS first_slug, page.first_name AS first_name, page.first_kind AS first_kind, page.first_code AS first_code, page.second_id AS second_id, page.second_slug AS second_slug, page.second_name AS second_name, page.second_kind AS second_kind, page.second_code AS second_code 
FROM page 
 LIMIT $11::BIGINT) AS anon_10 ORDER BY anon_10.year DESC, anon_10.first_slug DESC, anon_10.second_slug DESC 
 LIMIT $15::INTEGER) || '"', 'null'), '}}') AS concat_1, coalesce('dataset ' || (SELECT listed.slug 
FROM listed 
WHERE listed.dataset_id IS NULL ORDER BY listed.place 
 LIMIT $17::INTEGER), 'actor ' || (SELECT named.slug 
FROM named 
WHERE named.actor_id IS NULL ORDER BY named.place 
 LIMIT $18::INTEGER), (SELECT 'unit-years ' || CAST(anon_14.number AS TEXT) AS anon_13 
FROM (SELECT ((SELECT count(DISTINCT actor_code_1.actor_id) AS count_1 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.scheme = $2::VARCHAR AND actor_code_1.started_on_earliest <= (substr(CAST($3::INTEGER + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_1.ended_on_latest, '9999-12-31') >= (substr(CAST($1::INTEGER + 10000 AS TEXT), 2) || '-01-01')) + $4::BIGINT) * CAST(($3::INTEGER - $1::INTEGER) + 1 AS BIGINT) AS number) AS anon_14 
WHERE anon_14.number > 150000), (SELECT 'rows ' || CAST(anon_16.number AS TEXT) AS anon_15 
FROM (SELECT CAST((SELECT coalesce(sum(units.size - 1), 0) AS coalesce_2 
FROM units) AS BIGINT) AS number) AS anon_16 
WHERE anon_16.number > 5000000)) AS refusal, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_17 
FROM (SELECT shown.year AS year, shown.first_day AS first_day, shown.last_day AS last_day, shown.first_id AS first_id, shown.first_slug AS first_slug, shown.first_name AS first_name, shown.first_kind AS first_kind, shown.first_code AS first_code, shown.second_id AS second_id, shown.second_slug AS second_slug, shown.second_name AS second_name, shown.second_kind AS second_kind, shown.second_code AS second_code, cells.cells_0 AS cells_0 
FROM shown LEFT OUTER JOIN cells ON cells.year = shown.year AND cells.first_id = shown.first_id AND cells.second_id = shown.second_id ORDER BY shown.year, shown.first_slug, shown.second_slug) AS rows
-- [null, null, null, null, null, null, "\"year\":", "\"code\":", "\"cells\":", null, null, "\u001f", "\u001f", "\u001f", 1, null, 1, 1, "\"certain\":", "\"possible\":", "\"missing\":", null, null, null]
