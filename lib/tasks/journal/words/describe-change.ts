import { type RepeatFields, repeatOf } from '../../repeat/repeat.ts'
import type { Change, RecordedFields } from '../change.ts'
import { changedFields, effectOf } from './effect-of.ts'
import { describeField, listFields, namedFields } from './field-words.ts'
import { type Phrase, quote, type Vocabulary } from './phrase.ts'

/** One change in a sentence with its task or list: “Renamed “A” to “B”.” */
export function describeChange(change: Change, vocabulary: Vocabulary): Phrase {
  const { before, after, listId } = change
  const effect = effectOf(change)
  const item: Phrase = [...(listId ? ['the list '] : []), ...quote(nameOf(change, vocabulary))]
  if (effect === 'Renamed') {
    const field = listId ? 'name' : 'title'
    const [from, to] = [before, after].map((fields) => quote(String(fields?.[field])))
    return ['Renamed ', ...(listId ? ['the list '] : []), ...(from ?? []), ' to ', ...(to ?? []), '.']
  }
  if (effect === 'Moved' && after && 'listId' in after) {
    const list = typeof after.listId === 'string' ? quote(vocabulary.names.get(after.listId)) : ['the Inbox']
    return ['Moved ', ...item, ' to ', ...list, '.']
  }
  if (effect === 'Changed') return [`Changed ${listFields(changedFields(change))} of `, ...item, '.']
  return [`${effect} `, ...item, '.']
}

/** The same on the page of its task, one phrase for each field. */
export function describeTaskChange(change: Change, vocabulary: Vocabulary): Phrase[] {
  const { before, after } = change
  if (change.kind !== 'changed') return [[effectOf(change)]]
  const fields = changedFields(change)
  const inOrder = [...fields.filter((field) => field === 'completedAt'), ...namedFields(fields)]
  return inOrder.flatMap((field): Phrase[] => {
    const values = { before: readValue(field, before), after: readValue(field, after) }
    if (field === 'completedAt') return [[values.after ? 'Completed' : 'Reopened']]
    const phrase = describeField(field, values, vocabulary)
    return phrase ? [phrase] : []
  })
}

function readValue(field: string, fields: RecordedFields | null): unknown {
  if (field !== 'repeatRule') return fields?.[field]
  // The journal records all parts of a repetition together.
  return fields && repeatOf(fields as RepeatFields)?.text
}

/** As it is named in the change, else its name of now. */
export function nameOf(
  { taskId, listId, before, after }: Change,
  { names }: Pick<Vocabulary, 'names'>,
): string | null {
  const recorded = (after ?? before)?.[taskId ? 'title' : 'name']
  return typeof recorded === 'string' ? recorded : (names.get(taskId ?? listId ?? '') ?? null)
}
