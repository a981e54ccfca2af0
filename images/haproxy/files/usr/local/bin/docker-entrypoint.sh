#!/bin/bash
# Starts haproxy as the official image does: a first argument that is an option means haproxy, which runs as master and worker in the foreground.
set -euo pipefail

if [ "${1#-}" != "$1" ]; then set -- haproxy "$@"; fi
if [ "$1" = haproxy ]; then
  shift
  set -- haproxy -W -db "$@"
fi
exec "$@"
