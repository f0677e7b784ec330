WITH RECURSIVE units_years_each(year) AS 
(SELECT ?1 AS year 
WHERE ((SELECT count(DISTINCT actor_code_1.actor_id) AS count_1 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.scheme = ?2 AND actor_code_1.started_on_earliest <= (substr(CAST(?3 + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_1.ended_on_latest, '9999-12-31') >= (substr(CAST(?1 + 10000 AS TEXT), 2) || '-01-01')) + ?4) * CAST((?3 - ?1) + 1 AS BIGINT) <= 150000 AND ?1 <= ?3 UNION ALL SELECT units_years_each.year + 1 AS anon_7 
FROM units_years_each 
WHERE units_years_each.year < ?3), 
units_years AS MATERIALIZED 
(SELECT units_years_each.year AS year, substr(CAST(units_years_each.year + 10000 AS TEXT), 2) || '-01-01' AS first_day, substr(CAST(units_years_each.year + 10000 AS TEXT), 2) || '-12-31' AS last_day, substr(CAST(units_years_each.year + 10000 AS TEXT), 2) || '-07-01' AS middle_day 
FROM units_years_each), 
named AS MATERIALIZED 
(SELECT anon_8.place AS place, anon_8.text_0 AS slug, coalesce((SELECT actor_2.id 
FROM actor AS actor_2 
WHERE actor_2.slug = anon_8.text_0), (SELECT former_slug_1.record_id 
FROM former_slug AS former_slug_1 
WHERE former_slug_1.record_type = 'actor' AND former_slug_1.slug = anon_8.text_0)) AS actor_id 
FROM (SELECT anon_9."key" AS place, json_extract(anon_9.value, ?6) AS text_0 
FROM json_each(?7) AS anon_9) AS anon_8), 
candidates AS MATERIALIZED 
(SELECT actor_code_2.actor_id AS actor_id, actor_code_2.started_on_earliest AS begun, coalesce(actor_code_2.ended_on_latest, '9999-12-31') AS over, actor_code_2.value AS code, CASE WHEN (actor_code_2.ended_on IS NULL) THEN 1 ELSE 0 END AS is_open 
FROM actor_code AS actor_code_2 
WHERE actor_code_2.scheme = ?5 AND actor_code_2.started_on_earliest <= (substr(CAST(?3 + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_2.ended_on_latest, '9999-12-31') >= (substr(CAST(?1 + 10000 AS TEXT), 2) || '-01-01') UNION ALL SELECT named.actor_id AS actor_id, '' AS begun, '9999-12-31' AS over, CAST(NULL AS TEXT) AS code, 0 AS is_open 
FROM named 
WHERE named.actor_id IS NOT NULL), 
units AS MATERIALIZED 
(SELECT anon_2.year AS year, substr(CAST(anon_2.year + 10000 AS TEXT), 2) || '-01-01' AS first_day, substr(CAST(anon_2.year + 10000 AS TEXT), 2) || '-12-31' AS last_day, anon_2.actor_id AS actor_id, anon_2.code AS code, actor_1.slug AS slug, actor_1.name AS name, actor_1.kind AS kind, row_number() OVER (PARTITION BY anon_2.year ORDER BY actor_1.slug) AS rank, count(*) OVER (PARTITION BY anon_2.year) AS size 
FROM (SELECT anon_3.year AS year, anon_3.actor_id AS actor_id, anon_3.begun AS begun, anon_3.over AS over, anon_3.code AS code, anon_3.is_open AS is_open, anon_3.in_middle AS in_middle 
FROM (SELECT anon_4.year AS year, anon_4.actor_id AS actor_id, anon_4.begun AS begun, anon_4.over AS over, anon_4.code AS code, anon_4.is_open AS is_open, anon_4.in_middle AS in_middle, row_number() OVER (PARTITION BY anon_4.year, anon_4.actor_id ORDER BY anon_4.code IS NULL, anon_4.in_middle DESC, anon_4.is_open DESC, anon_4.begun DESC, anon_4.code, anon_4.actor_id) AS place 
FROM (SELECT anon_5.year AS year, anon_5.actor_id AS actor_id, anon_5.begun AS begun, anon_5.over AS over, anon_5.code AS code, anon_5.is_open AS is_open, anon_5.in_middle AS in_middle 
FROM (SELECT anon_6.year AS year, anon_6.actor_id AS actor_id, anon_6.begun AS begun, anon_6.over AS over, anon_6.code AS code, anon_6.is_open AS is_open, anon_6.in_middle AS in_middle, row_number() OVER (PARTITION BY anon_6.year, anon_6.code, CASE WHEN (anon_6.code IS NULL) THEN anon_6.actor_id END ORDER BY anon_6.code IS NULL, anon_6.in_middle DESC, anon_6.is_open DESC, anon_6.begun DESC, anon_6.code, anon_6.actor_id) AS place 
FROM (SELECT units_years.year AS year, candidates.actor_id AS actor_id, candidates.begun AS begun, candidates.over AS over, candidates.code AS code, candidates.is_open AS is_open, CASE WHEN (candidates.begun <= units_years.middle_day AND candidates.over >= units_years.middle_day) THEN 1 ELSE 0 END AS in_middle 
FROM units_years JOIN candidates ON candidates.begun <= units_years.last_day AND candidates.over >= units_years.first_day) AS anon_6) AS anon_5 
WHERE anon_5.place < 2) AS anon_4) AS anon_3 
WHERE anon_3.place < 2) AS anon_2 JOIN actor AS actor_1 ON actor_1.id = anon_2.actor_id), 
lefts AS MATERIALIZED 
(SELECT anon_10.year AS year, anon_10.first_day AS first_day, anon_10.last_day AS last_day, anon_10.actor_id AS actor_id, anon_10.code AS code, anon_10.slug AS slug, anon_10.name AS name, anon_10.kind AS kind, anon_10.rank AS rank, anon_10.size AS size, anon_10.width AS width, anon_10.until AS until 
FROM (SELECT units.year AS year, units.first_day AS first_day, units.last_day AS last_day, units.actor_id AS actor_id, units.code AS code, units.slug AS slug, units.name AS name, units.kind AS kind, units.rank AS rank, units.size AS size, units.size - 1 AS width, sum(units.size - 1) OVER (ORDER BY units.year, units.slug) AS until 
FROM units) AS anon_10 
WHERE anon_10.until - anon_10.width < ?11), 
page AS MATERIALIZED 
(SELECT lefts.year AS year, lefts.first_day AS first_day, lefts.last_day AS last_day, lefts.actor_id AS first_id, lefts.slug AS first_slug, lefts.name AS first_name, lefts.kind AS first_kind, lefts.code AS first_code, rights.actor_id AS second_id, rights.slug AS second_slug, rights.name AS second_name, rights.kind AS second_kind, rights.code AS second_code 
FROM lefts JOIN units AS rights ON rights.year = lefts.year AND rights.actor_id != lefts.actor_id ORDER BY lefts.year, lefts.slug, rights.slug
 LIMIT ?11 OFFSET ?12), 
listed AS MATERIALIZED 
(SELECT anon_12.place AS place, anon_12.text_0 AS slug, coalesce((SELECT dataset_1.id 
FROM dataset AS dataset_1 
WHERE dataset_1.slug = anon_12.text_0), (SELECT former_slug_2.record_id 
FROM former_slug AS former_slug_2 
WHERE former_slug_2.record_type = 'dataset' AND former_slug_2.slug = anon_12.text_0)) AS dataset_id 
FROM (SELECT anon_13."key" AS place, json_extract(anon_13.value, ?20) AS text_0 
FROM json_each(?21) AS anon_13) AS anon_12), 
shown AS MATERIALIZED 
(SELECT page.year AS year, page.first_day AS first_day, page.last_day AS last_day, page.first_id AS first_id, page.first_slug AS first_slug, page.first_name AS first_name, page.first_kind AS first_kind, page.first_code AS first_code, page.second_id AS second_id, page.second_slug AS second_slug, page.second_name AS second_name, page.second_kind AS second_kind, page.second_code AS second_code 
FROM page ORDER BY page.year, page.first_slug, page.second_slug
 LIMIT ?13 OFFSET ?26), 
pairs AS MATERIALIZED 
(SELECT anon_22.text_0 AS kind, anon_22.text_1 AS counted, anon_22.text_2 AS how 
FROM (SELECT anon_23."key" AS place, json_extract(anon_23.value, ?30) AS text_0, json_extract(anon_23.value, ?31) AS text_1, json_extract(anon_23.value, ?32) AS text_2 
FROM json_each(?33) AS anon_23) AS anon_22), 
looking AS MATERIALIZED 
(SELECT listed.place AS place, dataset_2.id AS dataset_id, dataset_2.slug AS dataset, nullif(dataset_2.covers_from_earliest, '') AS first_day, dataset_2.covers_until_latest AS last_day, CASE WHEN (NOT (EXISTS (SELECT 1 
FROM coverage AS coverage_1 
WHERE coverage_1.dataset_id = dataset_2.id)) AND dataset_2.scope IS NOT NULL) THEN 1 ELSE 0 END AS in_words, CASE WHEN (NOT (EXISTS (SELECT 1 
FROM coverage AS coverage_1 
WHERE coverage_1.dataset_id = dataset_2.id)) AND dataset_2.scope IS NULL) THEN 1 ELSE 0 END AS is_whole 
FROM listed JOIN dataset AS dataset_2 ON dataset_2.id = listed.dataset_id), 
phases AS MATERIALIZED 
(SELECT anon_25.place AS place, anon_25.text_0 AS phase 
FROM (SELECT anon_26."key" AS place, json_extract(anon_26.value, ?36) AS text_0 
FROM json_each(?37) AS anon_26) AS anon_25), 
columns AS MATERIALIZED 
(SELECT looking.place AS place, looking.dataset_id AS dataset_id, looking.dataset AS dataset, looking.first_day AS first_day, looking.last_day AS last_day, looking.in_words AS in_words, looking.is_whole AS is_whole, anon_21.place AS kind_place, anon_21.text_0 AS kind, CASE WHEN ((EXISTS (SELECT 1 
FROM dataset_support_kind AS dataset_support_kind_1 
WHERE dataset_support_kind_1.dataset_id = looking.dataset_id AND dataset_support_kind_1.kind IN (SELECT pairs.counted 
FROM pairs 
WHERE pairs.kind = anon_21.text_0 AND pairs.how = ''))) OR NOT (EXISTS (SELECT 1 
FROM dataset_support_kind AS dataset_support_kind_1 
WHERE dataset_support_kind_1.dataset_id = looking.dataset_id))) THEN 1 ELSE 0 END AS is_looked_for, phases.place AS phase_place, phases.phase AS phase 
FROM looking JOIN (SELECT anon_24."key" AS place, json_extract(anon_24.value, ?34) AS text_0 
FROM json_each(?35) AS anon_24) AS anon_21 ON 1 = 1 JOIN phases ON 1 = 1), 
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
FROM records AS anon_27 
WHERE anon_27.dataset_id = looking.dataset_id AND anon_27.actor_id = present.actor_id AND anon_27.first_day <= present.first_day AND anon_27.last_day >= present.last_day AND anon_27.role IN ('AS_SUPPORTER', 'AS_EITHER'))) THEN 1 ELSE 0 END AS "GIVEN", CASE WHEN (EXISTS (SELECT 1 
FROM records AS anon_28 
WHERE anon_28.dataset_id = looking.dataset_id AND anon_28.actor_id = present.actor_id AND anon_28.first_day <= present.first_day AND anon_28.last_day >= present.last_day AND anon_28.role IN ('AS_RECIPIENT', 'AS_EITHER'))) THEN 1 ELSE 0 END AS "RECEIVED" 
FROM present JOIN looking ON 1 = 1), 
givers AS MATERIALIZED 
(SELECT lefts.actor_id AS actor_id, min(lefts.first_day) AS first_day, max(lefts.last_day) AS last_day 
FROM lefts GROUP BY lefts.actor_id), 
given AS MATERIALIZED 
(SELECT givers.actor_id AS first_id, support_1.recipient_id AS second_id, 'GIVEN' AS side, support_1.dataset_id AS dataset_id, support_1.kind AS kind, support_1.phase AS phase, support_1.attribution AS attribution, support_1.started_on_earliest AS started_on_earliest, support_1.started_on_latest AS started_on_latest, support_1.ended_on_earliest AS ended_on_earliest, support_1.ended_on_latest AS ended_on_latest, support_1.started_on AS started_on, support_1.ended_on AS ended_on, support_1.start_censored AS start_censored, support_1.end_censored AS end_censored 
FROM givers JOIN support AS support_1 ON support_1.supporter_id = givers.actor_id AND support_1.attribution != 'SOME_OF' 
WHERE support_1.kind IN (SELECT pairs.counted 
FROM pairs) AND support_1.phase IN (SELECT phases.phase 
FROM phases) AND support_1.dataset_id IN (SELECT looking.dataset_id 
FROM looking) AND (support_1.start_censored = 1 OR support_1.started_on_earliest <= givers.last_day) AND (support_1.end_censored = 1 OR support_1.ended_on IS NULL OR support_1.ended_on_latest >= givers.first_day) UNION ALL SELECT givers.actor_id AS first_id, support_2.recipient_id AS second_id, 'GIVEN' AS side, support_2.dataset_id AS dataset_id, support_2.kind AS kind, support_2.phase AS phase, support_2.attribution AS attribution, support_2.started_on_earliest AS started_on_earliest, support_2.started_on_latest AS started_on_latest, support_2.ended_on_earliest AS ended_on_earliest, support_2.ended_on_latest AS ended_on_latest, support_2.started_on AS started_on, support_2.ended_on AS ended_on, support_2.start_censored AS start_censored, support_2.end_censored AS end_censored 
FROM givers JOIN candidate AS candidate_1 ON candidate_1.actor_id = givers.actor_id JOIN support AS support_2 ON support_2.id = candidate_1.support_id AND support_2.attribution = 'SOME_OF' 
WHERE support_2.kind IN (SELECT pairs.counted 
FROM pairs) AND support_2.phase IN (SELECT phases.phase 
FROM phases) AND support_2.dataset_id IN (SELECT looking.dataset_id 
FROM looking) AND (support_2.start_censored = 1 OR support_2.started_on_earliest <= givers.last_day) AND (support_2.end_censored = 1 OR support_2.ended_on IS NULL OR support_2.ended_on_latest >= givers.first_day)), 
met AS MATERIALIZED 
(SELECT lefts.year AS year, given.first_id AS first_id, given.second_id AS second_id, given.side AS side, given.dataset_id AS dataset_id, given.kind AS kind, given.phase AS phase, CASE WHEN (given.attribution = 'SOME_OF') THEN 1 ELSE 0 END AS is_possible, CASE WHEN ((given.started_on_latest <= lefts.last_day OR given.ended_on_latest <= lefts.last_day) AND (given.ended_on_earliest >= lefts.first_day OR given.started_on_earliest >= lefts.first_day OR given.ended_on IS NULL AND coalesce((SELECT dataset_5.covers_until_latest 
FROM dataset AS dataset_5 
WHERE dataset_5.id = given.dataset_id), CASE WHEN given.end_censored THEN NULL ELSE '9999-12-31' END) >= lefts.first_day)) THEN 1 ELSE 0 END AS is_certain, CASE WHEN (given.started_on_earliest <= lefts.last_day AND (given.ended_on IS NULL OR given.ended_on_latest >= lefts.first_day)) THEN 1 ELSE 0 END AS by_dates 
FROM lefts JOIN given ON given.first_id = lefts.actor_id AND (given.start_censored = 1 OR given.started_on_earliest <= lefts.last_day) AND (given.end_censored = 1 OR given.ended_on IS NULL OR given.ended_on_latest >= lefts.first_day)), 
tallied AS MATERIALIZED 
(SELECT met.year AS year, met.first_id AS first_id, met.second_id AS second_id, met.dataset_id AS dataset_id, pairs.kind AS "of", met.phase AS phase, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 1 AND met.is_possible = 0) THEN 1 ELSE 0 END) AS certain, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 1 AND met.is_possible = 1) THEN 1 ELSE 0 END) AS possible, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 0) THEN 1 ELSE 0 END) AS uncertain, sum(CASE WHEN (pairs.how != 'broader' AND met.is_certain = 0 AND met.by_dates = 1) THEN 1 ELSE 0 END) AS undated, sum(CASE WHEN (pairs.how = 'broader' AND met.by_dates = 1) THEN 1 ELSE 0 END) AS broader, sum(CASE WHEN (met.is_certain = 0 AND met.by_dates = 0) THEN 1 ELSE 0 END) AS censored 
FROM met JOIN pairs ON pairs.counted = met.kind GROUP BY met.year, met.first_id, met.second_id, met.dataset_id, pairs.kind, met.phase), 
cells AS MATERIALIZED 
(SELECT cell.year AS year, cell.first_id AS first_id, cell.second_id AS second_id, '[' || group_concat('{' || trim(json_object('dataset', cell.dataset, 'kind', cell.kind, 'phase', cell.phase, ?27, CASE WHEN (cell.certain > 0) THEN cell.certain WHEN (cell.unseen IS NULL) THEN 0 END, ?28, CASE WHEN (cell.possible > 0) THEN cell.possible WHEN (cell.unseen IS NULL) THEN 0 END, ?29, CASE WHEN (cell.certain = 0) THEN cell.unseen END), '{}') || ',"supports":["/api/v1/supports?dataset.slug=' || cell.dataset || '&kind.under=' || cell.kind || '&phase=' || cell.phase || '&validAt=' || substr(CAST(cell.year + 10000 AS TEXT), 2) || '&supporter.slug=' || cell.first_slug || '&recipient.slug=' || cell.second_slug || '"]}', ',' ORDER BY cell.place, cell.kind_place, cell.phase_place) || ']' AS cells_0 
FROM (SELECT shown.year AS year, shown.first_day AS first_day, shown.last_day AS last_day, shown.first_id AS first_id, shown.first_slug AS first_slug, shown.first_name AS first_name, shown.first_kind AS first_kind, shown.first_code AS first_code, shown.second_id AS second_id, shown.second_slug AS second_slug, shown.second_name AS second_name, shown.second_kind AS second_kind, shown.second_code AS second_code, columns.place AS place, columns.dataset_id AS dataset_id, columns.dataset AS dataset, columns.in_words AS in_words, columns.is_whole AS is_whole, columns.kind_place AS kind_place, columns.kind AS kind, columns.is_looked_for AS is_looked_for, columns.phase_place AS phase_place, columns.phase AS phase, coalesce(tallied.certain, 0) AS certain, coalesce(tallied.possible, 0) AS possible, coalesce(tallied.uncertain, 0) AS uncertain, coalesce(tallied.undated, 0) AS undated, coalesce(tallied.broader, 0) AS broader, coalesce(tallied.censored, 0) AS censored, CASE WHEN (NOT (anon_19.is_there = 1 AND anon_20.is_there = 1)) THEN 'NOT_THERE' WHEN (NOT (columns.is_looked_for = 1 AND anon_19.is_kind = 1 AND anon_20.is_kind = 1)) THEN 'OUT_OF_SCOPE' WHEN (NOT (anon_19."GIVEN" = 1 OR anon_20."RECEIVED" = 1) AND columns.in_words = 1) THEN 'SCOPE_IN_WORDS' WHEN ((anon_19."GIVEN" = 1 OR anon_20."RECEIVED" = 1 OR columns.is_whole = 1 AND columns.first_day <= shown.first_day AND columns.last_day >= shown.last_day) IS NOT 1) THEN 'NOT_COVERED' WHEN (coalesce(tallied.undated, 0) > 0) THEN 'UNCERTAIN_DATE' WHEN (coalesce(tallied.broader, 0) > 0) THEN 'BROADER_KIND' WHEN (NOT (anon_19."GIVEN" = 1 OR anon_20."RECEIVED" = 1) AND coalesce(tallied.censored, 0) > 0) THEN 'CENSORED' ELSE NULL END AS unseen 
FROM shown JOIN columns ON 1 = 1 JOIN looks AS anon_19 ON anon_19.year = shown.year AND anon_19.actor_id = shown.first_id AND anon_19.dataset_id = columns.dataset_id JOIN looks AS anon_20 ON anon_20.year = shown.year AND anon_20.actor_id = shown.second_id AND anon_20.dataset_id = columns.dataset_id LEFT OUTER JOIN tallied ON tallied.dataset_id = columns.dataset_id AND tallied."of" = columns.kind AND tallied.year = shown.year AND tallied.first_id = shown.first_id AND tallied.second_id = shown.second_id AND tallied.phase = columns.phase) AS cell GROUP BY cell.year, cell.first_id, cell.second_id)
 SELECT CAST('{' || trim(json_object('totalCount', CAST((SELECT coalesce(sum(units.size - 1), 0) AS coalesce_1 
FROM units) AS BIGINT)), '{}') || ',"nodes":[' || coalesce(group_concat('{' || trim(json_object(?8, rows.year), '{}') || ',"supporter":' || json_object('slug', rows.first_slug, 'name', rows.first_name, ?9, rows.first_code) || ',"recipient":' || json_object('slug', rows.second_slug) || ',' || ?10 || coalesce(rows.cells_0, '[]') || '}'), '') || '],"pageInfo":{"hasNextPage":' || CASE (SELECT count(*) AS count_2 
FROM page) > ?13 WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END || ',' || trim(json_object('endCursor', (SELECT lower(hex('d4eabd9f' || ?14 || CAST(anon_11.year AS TEXT) || ?15 || anon_11.first_slug || ?16 || anon_11.second_slug)) AS lower_1 
FROM (SELECT page.year AS year, page.first_day AS first_day, page.last_day AS last_day, page.first_id AS first_id, page.first_slug AS first_slug, page.first_name AS first_name, page.first_kind AS first_kind, page.first_code AS first_code, page.second_id AS second_id, page.second_slug AS second_slug, page.second_name AS second_name, page.second_kind AS second_kind, page.second_code AS second_code 
FROM page
 LIMIT ?13 OFFSET ?17) AS anon_11 ORDER BY anon_11.year DESC, anon_11.first_slug DESC, anon_11.second_slug DESC
 LIMIT ?18 OFFSET ?19)), '{}') || '}}' AS BLOB) AS anon_1, coalesce('dataset ' || (SELECT listed.slug 
FROM listed 
WHERE listed.dataset_id IS NULL ORDER BY listed.place
 LIMIT ?22 OFFSET ?23), 'actor ' || (SELECT named.slug 
FROM named 
WHERE named.actor_id IS NULL ORDER BY named.place
 LIMIT ?24 OFFSET ?25), (SELECT 'unit-years ' || CAST(anon_15.number AS TEXT) AS anon_14 
FROM (SELECT ((SELECT count(DISTINCT actor_code_1.actor_id) AS count_1 
FROM actor_code AS actor_code_1 
WHERE actor_code_1.scheme = ?2 AND actor_code_1.started_on_earliest <= (substr(CAST(?3 + 10000 AS TEXT), 2) || '-12-31') AND coalesce(actor_code_1.ended_on_latest, '9999-12-31') >= (substr(CAST(?1 + 10000 AS TEXT), 2) || '-01-01')) + ?4) * CAST((?3 - ?1) + 1 AS BIGINT) AS number) AS anon_15 
WHERE anon_15.number > 150000), (SELECT 'rows ' || CAST(anon_17.number AS TEXT) AS anon_16 
FROM (SELECT CAST((SELECT coalesce(sum(units.size - 1), 0) AS coalesce_2 
FROM units) AS BIGINT) AS number) AS anon_17 
WHERE anon_17.number > 5000000)) AS refusal, (SELECT max(revision.number) AS max_1 
FROM revision) AS anon_18 
FROM (SELECT shown.year AS year, shown.first_day AS first_day, shown.last_day AS last_day, shown.first_id AS first_id, shown.first_slug AS first_slug, shown.first_name AS first_name, shown.first_kind AS first_kind, shown.first_code AS first_code, shown.second_id AS second_id, shown.second_slug AS second_slug, shown.second_name AS second_name, shown.second_kind AS second_kind, shown.second_code AS second_code, cells.cells_0 AS cells_0 
FROM shown LEFT OUTER JOIN cells ON cells.year = shown.year AND cells.first_id = shown.first_id AND cells.second_id = shown.second_id ORDER BY shown.year, shown.first_slug, shown.second_slug) AS rows
-- [null, null, null, null, null, "$[0]", null, "year", "code", "\"cells\":", null, 0, null, "\u001f", "\u001f", "\u001f", 0, 1, 0, "$[0]", null, 1, 0, 1, 0, 0, "certain", "possible", "missing", "$[0]", "$[1]", "$[2]", null, "$[0]", null, "$[0]", null]
