import { ACCOUNT_EVENTS } from './catalogue/account.ts'
import type { EventKind } from './catalogue/definition.ts'
import { EMAIL_CHANGE_EVENTS } from './catalogue/email-change.ts'
import { LOG_IN_EVENTS } from './catalogue/log-ins.ts'
import { OPERATOR_EVENTS } from './catalogue/operators.ts'
import { SESSION_EVENTS } from './catalogue/sessions.ts'

/** The only list of event types: `record`, the sentences, the filters and the API derive from it. */
export const CATALOGUE = {
  ...LOG_IN_EVENTS,
  ...SESSION_EVENTS,
  ...ACCOUNT_EVENTS,
  ...EMAIL_CHANGE_EVENTS,
  ...OPERATOR_EVENTS,
}

export type EventType = keyof typeof CATALOGUE

export const EVENT_TYPES = Object.keys(CATALOGUE) as EventType[]

export function typesOf(kind: EventKind): EventType[] {
  return EVENT_TYPES.filter((type) => CATALOGUE[type].kind === kind)
}
