import type { TaskWriter } from '../journal/write-tasks.ts'
import { foldName } from '../lists/fold-name.ts'

/**
 * Finds how the open tasks spell labels, in upper or lower case. A label that no task has keeps its first spelling.
 * @returns the spellings, by the labels as they were given
 */
export async function findLabels(
  { tx, batch }: TaskWriter,
  labels: readonly string[],
): Promise<Map<string, string>> {
  const spellings = new Map<string, string>()
  if (labels.length === 0) return spellings
  const known = await tx.$queryRaw<{ label: string }[]>`
    SELECT DISTINCT label FROM tasks, unnest(labels) AS label
    WHERE user_id = ${batch.userId}::uuid AND labels <> '{}' AND completed_at IS NULL AND deleted_at IS NULL
    ORDER BY label`
  const all = known.map(({ label }) => label)
  for (const label of labels) {
    const alike = all.filter((one) => foldName(one) === foldName(label))
    const spelling = alike.includes(label) ? label : (alike[0] ?? label)
    if (alike.length === 0) all.push(label)
    spellings.set(label, spelling)
  }
  return spellings
}
