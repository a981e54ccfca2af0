#!/bin/bash
# Starts redis-server as the official image does: a first argument that is an option or a .conf file means redis-server.
set -euo pipefail

if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi

if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  if [ "$(stat -c %u .)" != "$(id -u redis)" ]; then chown -R redis:redis .; fi
  exec setpriv --reuid=redis --regid=redis --init-groups -- "$@"
fi
exec "$@"
