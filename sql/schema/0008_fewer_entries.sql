-- A report that just came in belongs to no case, site or office: an index entry that says so is
-- never looked for, and cost a third of what writing the report did.
DROP INDEX report_case;
DROP INDEX report_site;
DROP INDEX report_source;
DROP INDEX history_case;
DROP INDEX history_report;
DROP INDEX history_org;
DROP INDEX found_case;
DROP INDEX found_report;
CREATE INDEX report_case ON report (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX report_site ON report (site_org_id, id) WHERE site_org_id IS NOT NULL;
CREATE INDEX report_source ON report (source_dept_id, id) WHERE source_dept_id IS NOT NULL;
CREATE INDEX history_case ON history (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX history_report ON history (report_id, id) WHERE report_id IS NOT NULL;
CREATE INDEX history_org ON history (org_id, id) WHERE org_id IS NOT NULL;
CREATE INDEX found_case ON found (case_id, doc) WHERE case_id IS NOT NULL;
CREATE INDEX found_report ON found (report_id, doc) WHERE report_id IS NOT NULL;
