#!/bin/sh
# make_passwords.sh FILE...: generates each missing password, of 256 random bits, in its file.
#
# So the first start needs no manual step, and no two installations share a password. An existing one is
# kept, since the database uses it. A script, so that the database's own image can run it: nothing that
# the database depends on changes with the service's image.
set -eu
for path in "$@"; do
  if [ ! -e "$path" ]; then
    # Under a temporary name first, so that the final file is always complete.
    rm -f "$path.unfinished"
    head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' > "$path.unfinished"
    # PostgreSQL and the service run as different users, and both read it.
    chmod 0444 "$path.unfinished"
    mv "$path.unfinished" "$path"
    echo "Created $path."
  fi
done
