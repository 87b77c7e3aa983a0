import { refresh } from 'next/cache'
import { headers } from 'next/headers'
import { RedirectType, redirect, unstable_rethrow } from 'next/navigation'
import type { z } from 'zod'
import type { Client } from '#lib/actor.ts'
import { noteDatabaseError } from '#lib/db/outage.ts'
import { describeIssue } from '#lib/describe-issue.ts'
import type { Failure } from '#lib/failure.ts'
import { type FormState, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { describeForeignPage, typedValues } from '#lib/gate/form-fields.ts'
import { logUnexpected } from '#lib/log.ts'
import { err, type Result } from '#lib/result.ts'
import { clientOf } from './client.ts'
import { discardDraft } from './drafts.ts'
import { FAILURES, type FailureCode } from './failures.ts'
import { parse } from './parse.ts'
import { textFields } from './text-fields.ts'

/**
 * Checks that the form's page belongs to the actor. Every failure becomes the form's state; redirects pass through.
 * @param actor null for the forms of visitors
 */
export async function runAction<S extends z.ZodType>(
  actor: { userId: string; email: string } | null,
  previous: FormState | null,
  form: FormData,
  schema: S,
  work: (input: z.output<S>, client: Client) => Promise<Result<unknown, Failure<FailureCode>>>,
): Promise<FormState> {
  const client = clientOf(await headers())
  // Any client can call an action, without a form.
  const fields = form instanceof FormData ? textFields(form) : {}
  const foreign = actor && describeForeignPage(fields, actor)
  if (foreign) return { ...unsaved(previous, fields), message: foreign }
  const input = parse(schema, fields)
  const doWork = async (checked: z.output<S>) => {
    if (actor) await discardDraft(actor.userId, fields)
    return work(checked, client)
  }
  const result = input.ok ? await settle(() => doWork(input.value), client) : input
  return result.ok ? INITIAL_FORM_STATE : failedState(previous, fields, result.error)
}

/** A page with JavaScript gets fresh data; without it a redirect to `path`, so that a reload repeats nothing. */
export async function showFresh(path: string): Promise<void> {
  if (!(await headers()).has('next-action')) redirect(path, RedirectType.replace)
  refresh()
}

async function settle(work: () => Promise<Result<unknown, Failure<FailureCode>>>, { requestId }: Client) {
  try {
    return await work()
  } catch (error) {
    unstable_rethrow(error)
    if (noteDatabaseError(error)) return err({ code: 'SERVICE_UNAVAILABLE' } as const)
    logUnexpected(error, requestId)
    return err({ code: 'INTERNAL_SERVER_ERROR' } as const)
  }
}

function failedState(
  previous: FormState | null,
  fields: Record<string, string>,
  { code, details = [], retryAfterSeconds, fields: changed }: Failure<FailureCode>,
): FormState {
  const wait =
    code === 'RATE_LIMITED' && retryAfterSeconds ? ` Try again in ${formatWait(retryAfterSeconds)}.` : ''
  return {
    ...unsaved(previous, fields),
    message: details.length > 0 ? null : FAILURES[code].text + wait,
    errors: details.map(describeIssue),
    values: { ...typedValues(fields), ...changed },
  }
}

function unsaved(previous: FormState | null, fields: Record<string, string>): FormState {
  return { ...INITIAL_FORM_STATE, attempt: (Number(previous?.attempt) || 0) + 1, values: typedValues(fields) }
}

function formatWait(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? 'a second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 120) return minutes === 1 ? 'a minute' : `${minutes} minutes`
  const hours = Math.ceil(minutes / 60)
  return hours < 48 ? `${hours} hours` : `${Math.ceil(hours / 24)} days`
}
