import type { WorkspaceId } from '../../../core/domain/Id';
import { found } from '../../../core/infrastructure/database/found';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskId } from '../domain/TaskId';

/** So many tasks that have a word, and one more, are looked up before the list is. */
const FEW = 2_000;
/** So many words of tasks that begin alike, and one more: a task may have several. */
const ALIKE = 2 * FEW;

/** Sorts behind all that begin alike. */
const LAST = 'chr(1114111)';

/**
 * The tasks that have the rarest of the words, and the query that tells which of them have all. $2 are whole words, as
 * the language of the workspace stems them; of $3 its beginning will do. `task_words` is a B-tree of words, each of them
 * looked up from `low` to `high`. It is `cut` where there may be more than were looked up.
 */
const FIND = statement(
  'project.matching-tasks',
  `WITH wanted AS MATERIALIZED (
     SELECT to_tsvector(language, first) AS words, to_tsvector(language, $3) AS stems,
       plainto_tsquery(language, first) AS whole, plainto_tsquery(language, $3) AS stemmed,
       (tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, $3)))[1] AS beginning
     FROM (SELECT workspace_language() AS language, in_words($2) AS first) AS workspace
   ), ranges AS MATERIALIZED (
     SELECT word AS term, word AS low, word AS high, ${FEW + 1} AS most
     FROM wanted, unnest(tsvector_to_array(words)) AS word
     UNION ALL SELECT '', stem, stem, ${FEW + 1} FROM wanted, unnest(tsvector_to_array(stems)) AS stem
     UNION ALL SELECT '', beginning, beginning || ${LAST}, ${ALIKE + 1} FROM wanted WHERE beginning IS NOT NULL
   ), terms AS (
     SELECT array_agg(DISTINCT posting.task_id) FILTER (WHERE posting.task_id IS NOT NULL) AS ids,
       bool_or(posting.found = ranges.most) AS cut
     FROM ranges LEFT JOIN LATERAL (
       SELECT task_id, count(*) OVER () AS found FROM (
         SELECT task_id FROM task_words
         WHERE workspace_id = $1 AND word >= ranges.low AND word <= ranges.high
         ORDER BY word DESC, task_id DESC LIMIT ranges.most
       ) AS postings
     ) AS posting ON true
     GROUP BY term
   ), rarest AS (
     SELECT coalesce(cut, false) OR cardinality(ids) > ${FEW} AS too_many, ids FROM terms
     ORDER BY coalesce(cut, false), coalesce(cardinality(ids), 0) LIMIT 1
   )
   SELECT CASE WHEN beginning IS NULL THEN whole
            ELSE whole && (stemmed || (quote_literal(beginning) || ':*')::tsquery) END::text AS query,
     coalesce(ids[greatest(cardinality(ids) - ${FEW - 1}, 1):], '{}') AS ids, coalesce(too_many, false) AS "tooMany"
   FROM wanted LEFT JOIN rarest ON true`,
);

/** What a text asks for. */
export interface Match {
  /** As PostgreSQL writes it. */
  readonly query: string;
  /** All that may match it; of too many, some: the newest, where the last word stands as it is asked for. */
  readonly ids: readonly TaskId[];
  readonly tooMany: boolean;
}

/** Of letters with their marks, and digits, as words in the table are. */
const LAST_WORD = /[\p{L}\p{M}\p{N}]+$/u;

/** Looks up the words of a text in the workspace's language. */
export async function matchingTasks(
  unitOfWork: SequelizeUnitOfWork,
  workspaceId: WorkspaceId,
  text: string,
): Promise<Match> {
  const normal = text.normalize('NFC');
  const [last = ''] = LAST_WORD.exec(normal) ?? [];
  const whole = normal.slice(0, normal.length - last.length);
  const values = [workspaceId, whole, last];
  return found(await unitOfWork.read<Match>({ workspaceId }, FIND, values));
}
