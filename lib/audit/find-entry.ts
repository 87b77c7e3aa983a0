import type { DetailShapes, EventDefinition, Wording } from './catalogue/definition.ts'
import { CATALOGUE } from './catalogue.ts'

/** What decides which entry of the catalogue an event of the database has. Another version may have written it. */
export type RecordedOutcome = {
  eventType: string
  success: boolean
  failureReason: string | null
  details: unknown
}

/** The most specific entry: that of the reason, else of the outcome. Null for an unknown type of another version. */
export function findEntry(event: RecordedOutcome): { sentence: string; mayDisown: boolean } | null {
  const definition: EventDefinition | undefined = getOwn(CATALOGUE, event.eventType)
  if (!definition) return null
  const { success, failure } = definition
  const outcome = (event.success ? success : failure) ?? success ?? failure
  if (outcome === undefined) return null
  const wording = reasonOf(event, definition) ?? outcome
  if (typeof wording === 'string') return { sentence: wording, mayDisown: definition.mayDisown }
  const narrowed = 'mayDisown' in wording ? wording.mayDisown : undefined
  return { sentence: wording.sentence, mayDisown: narrowed ?? definition.mayDisown }
}

function reasonOf({ failureReason, details }: RecordedOutcome, { success, failure }: EventDefinition) {
  if (failureReason !== null) return getOwn(failure?.reasons ?? {}, failureReason)
  const shapes = typeof success === 'object' ? (success.details ?? {}) : {}
  return wordingOfDetails(shapes, details)
}

function wordingOfDetails(shapes: DetailShapes, details: unknown): Wording | undefined {
  for (const [name, shape] of Object.entries(shapes)) {
    const wording = isWordings(shape) ? getOwn(shape, getDetail(details, name)) : undefined
    if (wording !== undefined) return wording
  }
  return undefined
}

function isWordings(shape: DetailShapes[string]): shape is Record<string, Wording> {
  return typeof shape === 'object' && !Array.isArray(shape)
}

export function getDetail(details: unknown, name: string): unknown {
  return typeof details === 'object' && details !== null
    ? getOwn(details as Record<string, unknown>, name)
    : undefined
}

/** Not inherited: a recorded value may be `constructor`. */
function getOwn<Value>(record: Readonly<Record<string, Value>>, key: unknown): Value | undefined {
  return typeof key === 'string' && Object.hasOwn(record, key) ? record[key] : undefined
}
