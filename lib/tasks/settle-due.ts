import { err, ok, type Result } from '#lib/result.ts'
import type { InvalidDue } from './errors.ts'
import type { Task } from './task.ts'

type Due = Pick<Task, 'dueOn' | 'dueTime' | 'dueZone'>

/** Adds what a change of a due date takes with it: the time goes with the day, the zone with the time. @returns `INVALID_DUE` */
export function settleDue<Fields extends Partial<Due>>(
  fields: Fields,
  { dueOn, dueTime, dueZone }: Due,
): Result<Fields & Partial<Due>, InvalidDue> {
  const due = { dueOn, dueTime, dueZone, ...pickDue(fields) }
  if (due.dueOn === null && fields.dueTime === undefined) due.dueTime = null
  if (due.dueTime === null && fields.dueZone === undefined) due.dueZone = null
  if (due.dueTime !== null && due.dueOn === null) return invalid('due_time', 'needs due_on')
  if (due.dueZone !== null && due.dueTime === null) return invalid('due_zone', 'needs due_time')
  return ok({ ...fields, ...due })
}

function pickDue({ dueOn, dueTime, dueZone }: Partial<Due>): Partial<Due> {
  return {
    ...(dueOn !== undefined && { dueOn }),
    ...(dueTime !== undefined && { dueTime }),
    ...(dueZone !== undefined && { dueZone }),
  }
}

function invalid(field: string, issue: string) {
  return err({ code: 'INVALID_DUE', details: [{ field, issue }] } as InvalidDue)
}
