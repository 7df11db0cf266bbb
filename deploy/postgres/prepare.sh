#!/bin/sh
# Run once by the database's container when it is new: the roles, the database of the site, the extensions in it.
set -eu
here=${SQL_FOLDER:-/docker-entrypoint-initdb.d/site}
admin=${POSTGRES_USER:-postgres}

psql -X -q -v ON_ERROR_STOP=1 --username "$admin" --dbname postgres -f "$here/roles.sql"
psql -X -q -v ON_ERROR_STOP=1 --username "$admin" --dbname postgres -v password="$SITE_PASSWORD" <<'SQL'
ALTER ROLE gebiedsplein PASSWORD :'password';
CREATE DATABASE gebiedsplein OWNER gebiedsplein ENCODING 'UTF8' TEMPLATE template0;
SQL
psql -X -q -v ON_ERROR_STOP=1 --username "$admin" --dbname gebiedsplein -f "$here/extensions.sql"
