-- Two roles, and a database that the first of them owns. Once for a cluster, as its superuser:
--     sudo -u postgres psql -v ON_ERROR_STOP=1 -f deploy/roles.sql
--     sudo -u postgres createdb --owner=akva_owner --encoding=UTF8 akva
-- Then `akva migrate` as akva_owner, then deploy/grants.sql, and after each later migration again.

-- Makes and changes the tables; nobody serves as it.
CREATE ROLE akva_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- Serves. It owns nothing, makes nothing and deletes nothing. Its name is known to the gate, which
-- holds a server's reports to the database's clock.
CREATE ROLE akva_serve LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
