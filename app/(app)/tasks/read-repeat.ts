import type { z } from 'zod'
import type { FieldIssue } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { readRuleInWords } from '#lib/tasks/quick/read-rule-in-words.ts'
import type { Repeat } from '#lib/tasks/repeat/repeat.ts'
import { repeatSchema } from '#lib/tasks/repeat/schema.ts'
import { CUSTOM_RULE, type REPEAT_FIELDS } from './edit-field-names.ts'

/** `repeat` is a rule of the menu, `CUSTOM_RULE`, or empty for never. Fields that the form did not send are empty. */
export type RepeatChoice = Record<(typeof REPEAT_FIELDS)[number], string>

/**
 * How a task repeats by a form; null if it does not. What the user wrote for nothing is an error.
 * @returns issues by the fields of the form
 */
export function readRepeat(form: RepeatChoice): Result<Repeat | null, FieldIssue[]> {
  const { repeat, repeat_rule: written, repeat_from: from } = form
  const isCustom = repeat === CUSTOM_RULE
  if (!isCustom && written.trim() !== '' && written !== form.seen_repeat_rule) {
    return refuse('repeat', 'Choose “Custom rule” to use the rule that you wrote, or clear the rule.')
  }
  if (repeat === '') return ok(null)
  const words = isCustom ? readRuleInWords(written) : null
  if (isCustom && words === null && !written.includes('=')) {
    const example = 'Enter days such as “every 2nd Tuesday of the month”, or a rule such as FREQ=DAILY.'
    return refuse('repeat_rule', example)
  }
  const days = words?.rule ?? (isCustom ? written : repeat)
  const parts = partsOf(form)
  const twice = parts.find(([name]) => new RegExp(`(?:^|;)${name}=`, 'i').test(days))
  if (twice) return refuse(PART_FIELDS[twice[0]], 'The custom rule has its own. Clear one of the two.')
  const rule = [days, ...parts.map((part) => part.join('='))].join(';')
  const parsed = repeatSchema.safeParse({
    rule,
    from: words?.from === 'completion' ? words.from : from || undefined,
  })
  if (parsed.success) return ok(parsed.data)
  const field = isCustom ? 'repeat_rule' : 'repeat'
  const issues = parsed.error.issues.map((issue) => toFieldIssue(issue, { field, parts }))
  // One of each kind: several weekdays may have the same fault.
  return err([...new Map(issues.map((one) => [one.issue, one])).values()])
}

/** The parts of a rule that have a field of their own. */
const PART_FIELDS = { INTERVAL: 'repeat_interval', UNTIL: 'repeat_until' } as const
type Parts = [name: keyof typeof PART_FIELDS, value: string][]

function partsOf({ repeat_interval: interval, repeat_until: until }: RepeatChoice): Parts {
  const parts: Parts = [
    ['INTERVAL', interval === '1' ? '' : interval],
    ['UNTIL', until.replaceAll('-', '')],
  ]
  return parts.filter(([, value]) => value !== '')
}

function refuse(field: string, issue: string) {
  return err<FieldIssue[]>([{ field, issue }])
}

/** At the field of the part, or with the name of the part: "BYDAY must be weekdays such as MO." */
function toFieldIssue(
  { path: [, part], message }: z.core.$ZodIssue,
  { field, parts }: { field: string; parts: Parts },
): FieldIssue {
  if (part === undefined) return { field, issue: message }
  const own = parts.find(([name]) => name === part)?.[0]
  return own ? { field: PART_FIELDS[own], issue: message } : { field, issue: `${String(part)} ${message}.` }
}
