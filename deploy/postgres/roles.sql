-- The roles of the site, made once for each PostgreSQL server by its administrator. Run it again and nothing changes.
DO $$
BEGIN
  -- Who the site connects as. NOINHERIT: it takes on the role below only where the code says so (SET ROLE).
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gebiedsplein') THEN
    CREATE ROLE gebiedsplein LOGIN NOINHERIT;
  END IF;
  -- The only one that may rewrite history: to erase a person from it.
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'gebiedsplein_erasure') THEN
    CREATE ROLE gebiedsplein_erasure NOLOGIN;
  END IF;
END
$$;
GRANT gebiedsplein_erasure TO gebiedsplein;
