-- What came in a month is counted from the index alone.
DROP INDEX report_received;
CREATE INDEX report_received ON report (received, kind, recipient_id);
