#!/usr/bin/env bash
# Creates the service's role and database, once, when the server is initialised. The role owns only that
# database: its password grants no superuser rights. Text is compared byte by byte, so that an update of
# the system's locales cannot corrupt an index.
set -euo pipefail

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set password `cat /passwords/service`
CREATE ROLE allygraph LOGIN PASSWORD :'password';
CREATE DATABASE allygraph OWNER allygraph TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
REVOKE ALL ON DATABASE allygraph FROM PUBLIC;
SQL
