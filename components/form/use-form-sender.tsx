'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useActionState, useState, useTransition } from 'react'
import { isOffline } from '#components/browser/optional-apis.ts'
import { type FormAction, type FormState, hasFailed, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { FORM_FIELD } from '#lib/gate/form-fields.ts'
import { describeFailedAnswer } from '#lib/http/describe-failed-response.ts'
import { observeResponseStatus } from './observe-response-status.ts'
import { usePageForms } from './page-forms.tsx'
import { expectReload } from './reload-drafts.ts'
import { submitNatively } from './submit-natively.ts'
import { keepUnsaved } from './unsaved-forms.ts'

type SendHooks = {
  /** Runs inside the transition, at once. */
  optimistically?: () => void
  /** The server has said yes. */
  onDone?: () => void
  /** It has refused, or (not `answered`) the action's answer did not arrive. */
  onFailed?: (answered: boolean) => void
}

export type FormSender = ReturnType<typeof useFormSender>

/**
 * Sends forms to a server action. `post` is the form's `action`, which works before and without JavaScript;
 * `send` is for its `onSubmit`, so that nothing that was typed is lost, whatever answers.
 *
 * @param name of its own on the page: a form that did not run comes back by it, with what was typed
 * @param onAnswer gets the state after each `send`, also the one without a failure
 */
export function useFormSender(action: FormAction, name: string, onAnswer?: (state: FormState) => void) {
  const returned = usePageForms().returned.find(({ form }) => form === name)
  const unsent = returned
    ? { ...INITIAL_FORM_STATE, attempt: 1, values: returned.values }
    : INITIAL_FORM_STATE
  const [posted, post] = useActionState(action, unsent)
  const [state, setState] = useState(posted)
  const [pending, startTransition] = useTransition()

  function send(form: FormData, { optimistically, onDone, onFailed }: SendHooks = {}) {
    startTransition(async () => {
      optimistically?.()
      const answer = await attempt(action, state, form)
      const isAnswered = typeof answer !== 'string'
      const next = isAnswered ? answer : { ...state, attempt: state.attempt + 1, message: answer, errors: [] }
      startTransition(() => {
        setState(next)
        onAnswer?.(next)
        if (hasFailed(next)) onFailed?.(isAnswered)
        else onDone?.()
      })
    })
  }

  return { name, state, setState, post, send, pending }
}

/** The action's answer, or a sentence about what came in its place. */
async function attempt(action: FormAction, previous: FormState, form: FormData): Promise<FormState | string> {
  const wasOffline = isOffline()
  const endWatch = observeResponseStatus()
  try {
    const answer = await action(previous, form)
    void endWatch()
    expectReload(hasFailed(answer) ? undefined : form)
    return answer
  } catch (error) {
    const status = endWatch()
    rethrowRedirect(error, form)
    if (!unstable_isUnrecognizedActionError(error)) return describeError(error, await status, wasOffline)
    // This page is out of date, or another account's. What was typed comes back with the page that replaces it.
    expectReload(form)
    submitNatively(form)
    return new Promise(() => {})
  }
}

/** The session has ended, or may do nothing else for now: other forms of the page leave with it. */
function rethrowRedirect(error: unknown, sent: FormData): void {
  try {
    unstable_rethrow(error)
  } catch (redirect) {
    keepUnsaved(String(sent.get(FORM_FIELD)))
    throw redirect
  }
}

/** Next.js rejects with a `TypeError` of `fetch` where no answer came, else with the text of a plain-text refusal. */
function describeError(error: unknown, status: number | null, wasOffline: boolean): string {
  const isAnswered = status !== null || !(error instanceof TypeError)
  const outcome = isAnswered ? 'answered' : wasOffline ? 'unsent' : 'unreachable'
  // An error of `fetch` with a good status: the answer was cut off.
  const isCut = error instanceof TypeError && status !== null && status < 400
  const text = error instanceof Error ? error.message : null
  return describeFailedAnswer({ outcome, status: isCut ? null : status, text })
}
