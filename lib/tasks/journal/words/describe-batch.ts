import type { Change } from '../change.ts'
import type { RecordedBatch } from '../list-batches.ts'
import { describeChange, nameOf } from './describe-change.ts'
import { effectOf } from './effect-of.ts'
import { join, type Phrase, quote, type Vocabulary } from './phrase.ts'

const NAMED_TASKS = 3

type Facts = Pick<RecordedBatch, 'size' | 'isUniform'> & { vocabulary: Vocabulary }

/** A batch in one sentence, such as “Completed 3 tasks: “A”, “B” and “C”.” */
export function describeBatch(
  { changes, size, isUniform }: Pick<RecordedBatch, 'changes' | 'size' | 'isUniform'>,
  vocabulary: Vocabulary,
): Phrase {
  const own = changes.filter((change) => !isOfSuccessor(change, { changes, vocabulary }))
  return describeOwn(own, { size: size - (changes.length - own.length), isUniform, vocabulary })
}

/** The task that follows a completed one has the same name, and comes and goes with it. */
function isOfSuccessor(
  change: Change,
  { changes, vocabulary }: { changes: readonly Change[]; vocabulary: Vocabulary },
): boolean {
  const { kind, before, after } = change
  if (kind === 'changed' || typeof (after ?? before)?.seriesId !== 'string') return false
  const name = nameOf(change, vocabulary)
  return changes.some(
    (other) => /^(Completed|Reopened)$/.test(effectOf(other)) && nameOf(other, vocabulary) === name,
  )
}

function describeOwn(changes: readonly Change[], { size, ...facts }: Facts): Phrase {
  const [first] = changes
  if (!first) return []
  if (size === 1) return describeChange(first, facts.vocabulary)
  const lists = changes.filter(({ listId }) => listId !== null)
  const tasks = changes.filter(({ listId }) => listId === null)
  const ofTasks = describeSeveral(tasks, { noun: 'task', size: size - lists.length, ...facts })
  const ofLists = describeSeveral(lists, { noun: 'list', size: lists.length, ...facts })
  return ofTasks.length > 0 && ofLists.length > 0 ? [...ofTasks, ' ', ...ofLists] : [...ofTasks, ...ofLists]
}

function describeSeveral(
  changes: readonly Change[],
  { noun, size, isUniform, vocabulary }: Facts & { noun: 'task' | 'list' },
): Phrase {
  const [first] = changes
  if (!first) return []
  if (size === 1) return describeChange(first, vocabulary)
  const effects = new Set(changes.map(effectOf))
  // Beyond those that were read, another one may have another effect.
  const isKnown = changes.length === size || (isUniform && first.kind !== 'changed')
  const effect = effects.size === 1 && isKnown ? effectOf(first) : 'Changed'
  return [
    `${effect} ${size.toLocaleString('en')} ${noun}s: `,
    ...nameTasks(changes, { size, vocabulary }),
    '.',
  ]
}

function nameTasks(
  changes: readonly Change[],
  { size, vocabulary }: { size: number; vocabulary: Vocabulary },
): Phrase {
  const named = changes.slice(0, size > NAMED_TASKS ? NAMED_TASKS - 1 : NAMED_TASKS)
  const names = named.map((change) => quote(nameOf(change, vocabulary), 'one that is no longer kept'))
  const others = size - named.length
  return join(others > 0 ? [...names, [`${others.toLocaleString('en')} others`]] : names)
}
