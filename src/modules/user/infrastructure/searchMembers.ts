import { statement } from '../../../core/infrastructure/database/Statement';
import { MEMBER } from './userColumns';

/** No trigram is looked up further: what more than so many members have in common tells them apart the least. */
const POSTINGS = 10_000;
/** Of the members who share the rarest trigrams with the text, so many are compared with it. */
const CANDIDATES = 200;
/** A third of the trigrams, which lets through a wrong letter in four, and one of two words. */
const LEAST_SIMILARITY = 0.3;

const SIMILARITY = 'greatest(word_similarity($2, users.name), word_similarity($2, users.email))';

/**
 * The members of workspace $1 that come closest to the text $2, $3 of them at most (docs/adr/0014). Row-level security
 * lets only leakproof operators reach an index, and those of pg_trgm are not; equality of trigrams is.
 */
export const SEARCH_MEMBERS = statement(
  'user.search',
  `WITH candidates AS MATERIALIZED (
     SELECT candidate.user_id
     FROM unnest(show_trgm($2)) AS wanted (trigram)
     CROSS JOIN LATERAL (
       SELECT array_agg(posting.user_id) AS user_ids
       FROM (
         SELECT user_id FROM member_trigrams
         WHERE workspace_id = $1 AND trigram = wanted.trigram
         ORDER BY user_id LIMIT ${POSTINGS}
       ) AS posting
     ) AS found
     CROSS JOIN LATERAL unnest(found.user_ids) AS candidate (user_id)
     GROUP BY candidate.user_id
     ORDER BY sum(ln(${2 * POSTINGS}::float8 / cardinality(found.user_ids))) DESC, candidate.user_id
     LIMIT ${CANDIDATES}
   )
   ${MEMBER}
   FROM candidates
   JOIN members ON members.workspace_id = $1 AND members.user_id = candidates.user_id
   JOIN users ON users.id = members.user_id
   WHERE ${SIMILARITY} >= ${LEAST_SIMILARITY}
   ORDER BY ${SIMILARITY} DESC, similarity($2, users.name || ' ' || users.email) DESC, users.name, users.id
   LIMIT $3`,
);
