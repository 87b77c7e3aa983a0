'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useActionState, useState, useTransition } from 'react'
import { isOffline } from '#components/browser/optional-apis.ts'
import { type FormAction, type FormState, hasFailed, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { FORM_FIELD } from '#lib/gate/form-fields.ts'
import { describeFailedResponse } from '#lib/http/describe-failed-response.ts'
import { observeResponseStatus } from './observe-response-status.ts'
import { usePageForms } from './page-forms.tsx'
import { announceSend } from './sends.ts'
import { submitNatively } from './submit-natively.ts'
import { sendDrafts } from './unsaved-forms.ts'
import { useFocusOnInvalidField } from './use-focus-on-invalid-field.ts'

type SendHooks = {
  /** Runs inside the transition, before the request. */
  optimistically?: () => void
  /** Runs after success. */
  onDone?: () => void
  /** Runs after a refusal, or (with `answered` false) if the action's response did not arrive. */
  onFailed?: (answered: boolean) => void
}

export type FormSender = ReturnType<typeof useFormSender>

/**
 * Sends forms to a server action. `post` is the form's `action`, for submits before or without JavaScript. `send` is for
 * its `onSubmit`, and keeps typed text whatever the response.
 *
 * @param options `name` is unique on the page: a form that did not run is returned under it. `onAnswer` gets the state
 * after each `send`.
 */
export function useFormSender(
  action: FormAction,
  { name, onAnswer }: { name: string; onAnswer?: (state: FormState) => void },
) {
  const page = usePageForms()
  const returned = page.returned.find(({ form }) => form === name)
  const unsent = returned ? { ...INITIAL_FORM_STATE, attempt: 1, values: returned.values } : null
  const [posted, post] = useActionState(action, unsent)
  const [state, setState] = useState(posted ?? INITIAL_FORM_STATE)
  const [pending, startTransition] = useTransition()
  useFocusOnInvalidField(state, name)

  function send(form: FormData, { optimistically, onDone, onFailed }: SendHooks = {}) {
    startTransition(async () => {
      optimistically?.()
      // Without the values of the last try: with them, half of a long text would exceed the limit of a body.
      const answer = await attempt(() => action({ ...state, values: {} }, form), form, page.forget)
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

/** @returns the answer of a server action, or a sentence that describes the response in its place. Throws a redirect. */
export async function attempt(
  runAction: () => Promise<FormState>,
  form: FormData,
  forget: (form: FormData) => void = () => {},
): Promise<FormState | string> {
  const wasOffline = isOffline()
  const endObserving = observeResponseStatus()
  const name = String(form.get(FORM_FIELD))
  announceSend({ form: name, state: 'sent' })
  try {
    const answer = await runAction()
    void endObserving()
    if (hasFailed(answer)) announceSend({ form: name, state: 'failed' })
    else forget(form)
    return answer
  } catch (error) {
    const status = endObserving()
    rethrowRedirect(error, form, forget)
    if (!unstable_isUnrecognizedActionError(error)) {
      announceSend({ form: name, state: 'failed' })
      return describeError(error, { status: await status, wasOffline })
    }
    // The page is outdated or shows another account: the page in the response fills the text in again.
    forget(form)
    submitNatively(form)
    return new Promise(() => {})
  }
}

/** After a success or from a session that ended or has to change its password, so other forms need drafts. */
function rethrowRedirect(error: unknown, sent: FormData, forget: (form: FormData) => void): void {
  try {
    unstable_rethrow(error)
  } catch (redirect) {
    forget(sent)
    sendDrafts(String(sent.get(FORM_FIELD)))
    throw redirect
  }
}

type RequestFacts = { status: number | null; wasOffline: boolean }

/** Without a response Next.js rejects with the `TypeError` of `fetch`, else with the text of a plain-text response. */
function describeError(error: unknown, { status, wasOffline }: RequestFacts): string {
  const isAnswered = status !== null || !(error instanceof TypeError)
  const outcome = isAnswered ? 'answered' : wasOffline ? 'unsent' : 'unreachable'
  // `fetch` failed after a good status: the connection broke during the response.
  const isTruncated = error instanceof TypeError && status !== null && status < 400
  const text = error instanceof Error ? error.message : null
  return describeFailedResponse({ outcome, status: isTruncated ? null : status, text })
}
