-- What was approved is another record now: seen by the server, for the count beside the inbox.
ALTER TABLE release_plan ADD COLUMN stale_at INT64;
