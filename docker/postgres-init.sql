-- Runs once, when the data directory is made. The passwords come from the container's environment.
\getenv owner_password POSTGRES_PASSWORD
\getenv application_password DB_PASSWORD

-- Owns the database and migrates it.
CREATE ROLE atrium_owner LOGIN CREATEROLE PASSWORD :'owner_password';
CREATE DATABASE atrium OWNER atrium_owner;

-- Serves requests: owns nothing, bypasses nothing. Made by the owner, who may therefore administer it.
SET ROLE atrium_owner;
CREATE ROLE atrium LOGIN PASSWORD :'application_password';
RESET ROLE;
