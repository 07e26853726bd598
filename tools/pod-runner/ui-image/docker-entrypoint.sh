#!/bin/sh
# As the nginx image's: its start scripts first, then the command.
set -e
for script in /docker-entrypoint.d/*.sh; do
  "$script"
done
exec "$@"
