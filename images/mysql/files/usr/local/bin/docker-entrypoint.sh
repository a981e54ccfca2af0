#!/bin/bash
# Starts mysqld as the official image does: first argument an option means mysqld, anything but mysqld is run as it is.
set -euo pipefail

if [ "${1:0:1}" = '-' ]; then set -- mysqld "$@"; fi
if [ "$1" != mysqld ]; then exec "$@"; fi
for argument; do
  case "$argument" in --help | --verbose | --version | -V | -'?') exec "$@" ;; esac
done

# as_mysql COMMAND...: gives up root where we are root.
as_mysql() {
  if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=mysql --regid=mysql --init-groups -- "$@"; else exec "$@"; fi
}

# text VALUE: VALUE as a string literal of SQL, under any sql_mode that keeps backslash escapes.
text() {
  local value=${1//\\/\\\\}
  printf "'%s'" "${value//\'/\'\'}"
}

# name VALUE: VALUE as an identifier of SQL.
name() { printf '`%s`' "${1//\`/\`\`}"; }

# accounts: the statements that turn the template into what the environment asks for, one a line.
accounts() {
  local root_host=${MYSQL_ROOT_HOST-%}
  echo "SET SESSION sql_log_bin = 0;"
  echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $(text "${MYSQL_ROOT_PASSWORD-}");"
  if [ -n "$root_host" ] && [ "$root_host" != localhost ]; then
    echo "CREATE USER 'root'@$(text "$root_host") IDENTIFIED BY $(text "${MYSQL_ROOT_PASSWORD-}");"
    echo "GRANT ALL ON *.* TO 'root'@$(text "$root_host") WITH GRANT OPTION;"
  fi
  if [ -n "${MYSQL_DATABASE-}" ]; then echo "CREATE DATABASE IF NOT EXISTS $(name "$MYSQL_DATABASE");"; fi
  if [ -n "${MYSQL_USER-}" ]; then
    echo "CREATE USER $(text "$MYSQL_USER")@'%' IDENTIFIED BY $(text "${MYSQL_PASSWORD-}");"
    if [ -n "${MYSQL_DATABASE-}" ]; then
      echo "GRANT ALL ON $(pattern "$MYSQL_DATABASE").* TO $(text "$MYSQL_USER")@'%';"
    fi
  fi
}

# pattern DATABASE: DATABASE as GRANT reads it, where _ and % would be wildcards.
pattern() {
  local escaped=${1//_/\\_}
  name "${escaped//%/\\%}"
}

datadir=/var/lib/mysql
for argument; do
  case "$argument" in --datadir=*) datadir=${argument#*=} ;; esac
done

if [ ! -d "$datadir/mysql" ]; then
  if [ -z "${MYSQL_ROOT_PASSWORD-}" ] && [ -z "${MYSQL_ALLOW_EMPTY_PASSWORD-}" ]; then
    echo >&2 "[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified."
    echo >&2 "    Set MYSQL_ROOT_PASSWORD or MYSQL_ALLOW_EMPTY_PASSWORD."
    exit 1
  fi
  if [ "${MYSQL_USER-}" = root ]; then
    echo >&2 "[ERROR] [Entrypoint]: MYSQL_USER is root: that account is always made. Set MYSQL_ROOT_PASSWORD."
    exit 1
  fi
  if [ -n "${MYSQL_USER-}" ] && [ -z "${MYSQL_PASSWORD-}" ]; then
    echo >&2 "[ERROR] [Entrypoint]: MYSQL_USER is set, so MYSQL_PASSWORD must be too."
    exit 1
  fi

  mkdir -p "$datadir"
  cp -a --reflink=auto --no-target-directory /usr/share/mysql-template "$datadir"
  umask 077
  accounts >/var/run/mysqld/accounts.sql
  if [ "$(id -u)" = 0 ]; then chown mysql:mysql "$datadir" /var/run/mysqld/accounts.sql; fi
  set -- "$@" --init-file=/var/run/mysqld/accounts.sql
  umask 022
else
  # Read by the first start only; it holds passwords.
  rm -f /var/run/mysqld/accounts.sql
fi

unset MYSQL_ROOT_PASSWORD MYSQL_PASSWORD
as_mysql "$@"
