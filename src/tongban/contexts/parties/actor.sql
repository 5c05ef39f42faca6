-- Who an account is, in one statement: the account, its person or its office, every party it may act for today, and
-- what it may decide as chief representative.
-- %(account)s uuid, %(epoch)s int (the session's; null = any), %(today)s date in official time.
SELECT a.kind,
       p.stream_id::text, p.name, p.masked, p.real_level,
       o.stream_id::text, o.name, o.name_en, o.roles, o.agency_id, g.name_zh, g.name_en,
       o.window_id, w.name_zh, w.name_en, w.items,
       (SELECT jsonb_agg(jsonb_build_array(f.stream_id, f.kind, f.name, f.masked, m.items) ORDER BY f.name, m.id)
          FROM parties_mandate m
          JOIN parties_party f ON f.stream_id = m.stream_id
         WHERE m.to_party = a.party_id
           AND NOT m.revoked
           AND m.valid_from <= %(today)s
           AND (m.valid_to IS NULL OR m.valid_to >= %(today)s)),
       (SELECT jsonb_agg(jsonb_build_array(c.id, c.agency, c.items, c.start, c.until) ORDER BY c.start, c.id)
          FROM parties_commission c
         WHERE c.stream_id = o.stream_id
           AND c.active
           AND c.revoked_on IS NULL
           AND c.start <= %(today)s
           AND c.until >= %(today)s)
  FROM parties_account a
  LEFT JOIN parties_party p ON p.stream_id = a.party_id
  LEFT JOIN parties_officer o ON o.account_id = a.id AND o.active
  LEFT JOIN parties_agency g ON g.key = o.agency_id
  LEFT JOIN parties_window w ON w.id = o.window_id
 WHERE a.id = %(account)s
   AND a.is_active
   AND (%(epoch)s::int IS NULL OR a.epoch = %(epoch)s::int)
