#!/usr/bin/env bash
# Makes the role of the service and its database, once, when the server is made. The role owns that
# database and nothing else: whoever gets hold of its password is no superuser. Text is compared byte
# by byte, so that no other version of the system's locales makes an index wrong.
set -euo pipefail

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set password `cat /passwords/service`
CREATE ROLE allygraph LOGIN PASSWORD :'password';
CREATE DATABASE allygraph OWNER allygraph TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C';
REVOKE ALL ON DATABASE allygraph FROM PUBLIC;
SQL
