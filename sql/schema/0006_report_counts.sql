-- How many reports an intake has is counted from the index alone: a report is there from rev 1.
DROP INDEX report_recipient;
CREATE INDEX report_recipient ON report (recipient_id, id, rev);
