-- report_rights :one
-- Whose a report is: all that decides who may read it outside its case.
-- in   id str, person_id str?
-- out  id str, source_dept_id str?, intake_dept_id str?, site_dept_id str?, site_notified i64?, case_id str?, helps bool
SELECT r.id, r.source_dept_id,
       (SELECT k.dept_id FROM dept_kind k JOIN org o ON o.id = k.org_id
         WHERE k.org_id = r.recipient_id
           AND k.kind = CASE o.kind WHEN 'vendor' THEN 'poc' WHEN 'coordinator' THEN 'coordinator'
                                     ELSE 'reception' END),
       (SELECT k.dept_id FROM dept_kind k WHERE k.org_id = r.site_org_id AND k.kind = 'operator'),
       r.site_notified, r.case_id,
       CASE WHEN EXISTS (SELECT 1 FROM report_helper h
                          WHERE h.report_id = r.id AND h.person_id = :person_id)
            THEN 1 ELSE 0 END
  FROM report r WHERE r.id = :id;

-- report_get :one
-- in   id str
-- out  id str, receipt str, kind str, recipient_id str, source str, source_dept_id str?, lang str, received i64, content sealed, identity sealed, tell_vendor bool, direct_contact bool, publish_name bool, told i64?, accepted i64?, refused i64?, ended i64?, disposition str, site_org_id str?, site_notified i64?, site_answered i64?, case_id str?, rev i64
SELECT id, receipt, kind, recipient_id, source, source_dept_id, lang, received, content, identity,
       tell_vendor, direct_contact, publish_name, told, accepted, refused, ended, disposition,
       site_org_id, site_notified, site_answered, case_id, rev
  FROM report WHERE id = :id;

-- report_by_receipt :one
-- in   receipt str
-- out  id str, key_hash blob?
SELECT id, key_hash FROM report WHERE receipt = :receipt;

-- report_add :exec
-- in   id str, receipt str, kind str, recipient_id str, source str, source_dept_id str?, key_hash blob?, lang str, received i64, content sealed, identity sealed, tell_vendor bool, direct_contact bool, publish_name bool
INSERT INTO report (id, receipt, kind, recipient_id, source, source_dept_id, key_hash, lang,
                    received, content, identity, tell_vendor, direct_contact, publish_name, told,
                    accepted, refused, ended, disposition, site_org_id, site_notified,
                    site_answered, case_id, rev)
VALUES (:id, :receipt, :kind, :recipient_id, :source, :source_dept_id, :key_hash, :lang,
        :received, :content, :identity, :tell_vendor, :direct_contact, :publish_name, NULL,
        NULL, NULL, NULL, '', NULL, NULL, NULL, NULL, 1);

-- report_told :exec
-- The finder was told something.
-- in   id str, at i64
UPDATE report SET told = :at WHERE id = :id;

-- report_accept :exec1
-- in   id str, at i64, rev i64
UPDATE report SET accepted = :at, told = :at, rev = rev + 1
 WHERE id = :id AND rev = :rev AND accepted IS NULL AND refused IS NULL;

-- report_refuse :exec1
-- in   id str, at i64, disposition str, rev i64
UPDATE report SET refused = :at, told = :at, ended = :at, disposition = :disposition, rev = rev + 1
 WHERE id = :id AND rev = :rev AND accepted IS NULL AND refused IS NULL;

-- report_end :exec1
-- in   id str, at i64, disposition str
UPDATE report SET ended = :at, disposition = :disposition, rev = rev + 1
 WHERE id = :id AND ended IS NULL;

-- report_withdraw :exec1
-- The finder takes back what nobody has decided about.
-- in   id str, at i64, disposition str, rev i64
UPDATE report SET ended = :at, disposition = :disposition, rev = rev + 1
 WHERE id = :id AND rev = :rev AND accepted IS NULL AND ended IS NULL AND case_id IS NULL;

-- report_site :exec1
-- Hand a website report to the site's operator.
-- in   id str, site_org_id str, at i64, rev i64
UPDATE report SET site_org_id = :site_org_id, site_notified = :at, rev = rev + 1
 WHERE id = :id AND rev = :rev;

-- report_site_answered :exec1
-- in   id str, at i64
UPDATE report SET site_answered = :at, rev = rev + 1
 WHERE id = :id AND site_notified IS NOT NULL;

-- report_consent :exec1
-- The finder changes what may be told.
-- in   id str, tell_vendor bool, direct_contact bool, publish_name bool, identity sealed, rev i64
UPDATE report SET tell_vendor = :tell_vendor, direct_contact = :direct_contact,
       publish_name = :publish_name, identity = :identity, rev = rev + 1
 WHERE id = :id AND rev = :rev;

-- report_helper_add :exec
-- in   report_id str, person_id str, since i64
INSERT INTO report_helper (report_id, person_id, since) VALUES (:report_id, :person_id, :since);

-- report_helpers :many
-- in   report_id str
-- out  person_id str, name_ja str, name_en str, since i64
SELECT h.person_id, p.name_ja, p.name_en, h.since
  FROM report_helper h JOIN person p ON p.id = h.person_id
 WHERE h.report_id = :report_id ORDER BY h.since LIMIT 100;

-- report_list :list
-- The reports that an intake received.  waiting: for its decision; handling: in a case that
-- began without one; late: received before that, and its finder not told a word yet.  One of
-- recipient and recipients is always given: a single one is a walk along its index.
-- in   recipient str?, recipients str[], kind str?, source str?, waiting bool, handling bool, accepted bool, refused bool, ended bool, late i64?
-- out  id str, receipt str, kind str, source str, lang str, received i64, accepted i64?, refused i64?, ended i64?, disposition str, told i64?, site_notified i64?, site_answered i64?, case_number str?, content sealed
SELECT r.id, r.receipt, r.kind, r.source, r.lang, r.received, r.accepted, r.refused, r.ended,
       r.disposition, r.told, r.site_notified, r.site_answered, c.number, r.content
  FROM report r LEFT JOIN cases c ON c.id = r.case_id
 WHERE r.rev > 0
-- filter recipient
   AND r.recipient_id = :recipient
-- filter recipients
   AND r.recipient_id IN (:recipients)
-- filter kind
   AND r.kind = :kind
-- filter source
   AND r.source = :source
-- filter waiting
   AND r.accepted IS NULL AND r.ended IS NULL AND r.case_id IS NULL
-- filter handling
   AND r.accepted IS NULL AND r.ended IS NULL AND r.case_id IS NOT NULL
-- filter accepted
   AND r.accepted IS NOT NULL AND r.ended IS NULL
-- filter refused
   AND r.refused IS NOT NULL
-- filter ended
   AND r.ended IS NOT NULL AND r.refused IS NULL
-- filter late
   AND r.told IS NULL AND r.ended IS NULL AND r.received < :late
-- sort newest desc  id = r.id
-- sort oldest asc   id = r.id
;

-- site_report_list :list
-- The website reports that an operator was notified of: nothing of what was reported.
-- in   orgs str[], open bool, ended bool
-- out  id str, receipt str, received i64, site_notified i64?, site_answered i64?, ended i64?, disposition str
SELECT r.id, r.receipt, r.received, r.site_notified, r.site_answered, r.ended, r.disposition
  FROM report r WHERE r.site_org_id IN (:orgs) AND r.site_notified IS NOT NULL
-- filter open
   AND r.ended IS NULL
-- filter ended
   AND r.ended IS NOT NULL
-- sort newest desc  id = r.id
-- sort oldest asc   id = r.id
;

-- own_report_list :list
-- The reports that a department itself sent (an overseas coordinator, a vendor).
-- in   depts str[], open bool, ended bool
-- out  id str, receipt str, kind str, source str, lang str, received i64, accepted i64?, refused i64?, ended i64?, disposition str, told i64?, case_id str?, content sealed
SELECT r.id, r.receipt, r.kind, r.source, r.lang, r.received, r.accepted, r.refused, r.ended,
       r.disposition, r.told, r.case_id, r.content
  FROM report r WHERE r.source_dept_id IN (:depts)
-- filter open
   AND r.ended IS NULL
-- filter ended
   AND r.ended IS NOT NULL
-- sort newest desc  id = r.id
-- sort oldest asc   id = r.id
;

-- helped_report_list :list
-- The reports that an analyst was asked to help with.
-- in   person_id str, open bool, ended bool
-- out  id str, receipt str, kind str, source str, lang str, received i64, ended i64?, disposition str, since i64, content sealed
SELECT r.id, r.receipt, r.kind, r.source, r.lang, r.received, r.ended, r.disposition, h.since,
       r.content
  FROM report_helper h JOIN report r ON r.id = h.report_id WHERE h.person_id = :person_id
-- filter open
   AND r.ended IS NULL
-- filter ended
   AND r.ended IS NOT NULL
-- sort newest desc  id = r.id
-- sort oldest asc   id = r.id
;
