-- The roles of the site, made once for each PostgreSQL server by its administrator. Run it again and nothing changes.
DO $$
BEGIN
  -- Who the site connects as: the owner of its own database, and nothing more.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gebiedsplein') THEN
    CREATE ROLE gebiedsplein LOGIN;
  END IF;
  -- The only one that may rewrite history, to erase a person from it; the site takes it on for that alone (SET ROLE).
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gebiedsplein_erasure') THEN
    CREATE ROLE gebiedsplein_erasure NOLOGIN;
  END IF;
END
$$;
GRANT gebiedsplein_erasure TO gebiedsplein;
