#!/bin/sh
# back_up.sh: makes a verified backup with its digest in /backups, and removes old ones.
# back_up.sh restore FILE: restores one. Stop the service first.
#
# On PostgreSQL it runs in the database's image, whose pg_dump fits the server; on SQLite in the service's.
# KEEP_DAYS: how long backups are kept. The newest three are kept however old they are.
set -eu
umask 077
cd /backups
unfinished=

password_file() {
  # libpq reads it from a file that only its user may read.
  PGPASSFILE=/tmp/pgpass
  export PGPASSFILE
  printf '*:*:*:*:%s' "$(cat /passwords/service)" > "$PGPASSFILE"
}

back_up() {
  name=allygraph-$(date -u +%Y-%m-%dT%H-%M-%SZ)
  if command -v allygraph > /dev/null; then
    allygraph backup "$name.db"
    return
  fi
  password_file
  unfinished=$name.dump.unfinished
  pg_dump --format custom --file "$unfinished"
  # Reads all of it.
  pg_restore --file /dev/null "$unfinished"
  sha256sum "$unfinished" | sed 's/\.unfinished$//' > "$name.dump.sha256"
  mv "$unfinished" "$name.dump"
  echo "$name.dump: $(wc -c < "$name.dump") bytes, verified."
}

remove_old() {
  # Names begin with the time, so the newest come last.
  ls -1 | grep -E '^allygraph-.*\.(db|dump)$' | sort | head -n -3 | while read -r file; do
    if [ -n "$(find "$file" -mtime "+$((KEEP_DAYS - 1))")" ]; then
      rm -f "$file" "$file.sha256"
      echo "$file: removed, older than $KEEP_DAYS days."
    fi
  done
}

restore() {
  if command -v allygraph > /dev/null; then
    allygraph restore --replace "$1"
    return
  fi
  sha256sum --check --quiet "$1.sha256"
  password_file
  pg_restore --dbname "$PGDATABASE" --clean --if-exists --single-transaction --exit-on-error "$1"
  echo "$1: restored."
}

trap '[ -z "$unfinished" ] || rm -f "$unfinished"' EXIT
case ${1:-back_up} in
  back_up) back_up && remove_old ;;
  restore) restore "$2" ;;
  *) echo "Usage: back_up.sh [restore FILE]" >&2; exit 2 ;;
esac
