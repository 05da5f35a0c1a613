-- migration_table_exists :one
-- Whether any migration was ever applied.
-- out  there bool
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration';
-- postgres
SELECT to_regclass('migration') IS NOT NULL;

-- migration_list :many
-- What was applied, in order.
-- bounded: one a migration of the program
-- out  number i64, name str, hash str
SELECT number, name, hash FROM migration ORDER BY number;

-- migration_add :exec
-- in   number i64, name str, hash str, at i64
INSERT INTO migration (number, name, hash, at) VALUES (:number, :name, :hash, :at);
