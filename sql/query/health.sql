-- store_bytes :one
-- How large the database is.
-- out  bytes i64
SELECT c.page_count * s.page_size FROM pragma_page_count() c, pragma_page_size() s;
-- postgres
SELECT pg_database_size(current_database());
