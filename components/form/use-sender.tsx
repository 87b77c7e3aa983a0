'use client'

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation'
import { useActionState, useState, useTransition } from 'react'
import { type FormAction, type FormState, hasFailed, UNSENT } from '#lib/form-state'
import { usePageForms } from './page-forms'
import { sendPlainly } from './send-plainly'
import { expectReload } from './typed-text'

const UNREACHABLE =
  'We couldn’t reach the server. Nothing was changed; what you typed is still here. Check your connection and try again.'

type SendHooks = {
  /** Runs inside the transition, at once. */
  optimistically?: () => void
  /** The server has said yes. */
  onDone?: () => void
  /** It has said no, or (not `answered`) could not be reached. */
  onFailed?: (answered: boolean) => void
}

export type Sender = ReturnType<typeof useSender>

/**
 * Sends forms to a server action. `post` is the form's `action`, which works before and without JavaScript;
 * `send` is for its `onSubmit`, so that even an unreachable server loses nothing that was typed.
 *
 * @param name of its own on the page: a form that did not run comes back by it, with what was typed
 * @param onAnswer gets the state after each `send`, also the one without a failure
 */
export function useSender(action: FormAction, name: string, onAnswer?: (state: FormState) => void) {
  const returned = usePageForms().returned.find(({ form }) => form === name)
  const unsent = returned ? { ...UNSENT, attempt: 1, values: returned.values } : UNSENT
  const [posted, post] = useActionState(action, unsent)
  const [state, setState] = useState(posted)
  const [pending, startTransition] = useTransition()

  function send(form: FormData, { optimistically, onDone, onFailed }: SendHooks = {}) {
    startTransition(async () => {
      optimistically?.()
      const answer = await attempt(action, state, form)
      const next = answer ?? { ...state, attempt: state.attempt + 1, message: UNREACHABLE, errors: [] }
      startTransition(() => {
        setState(next)
        onAnswer?.(next)
        if (hasFailed(next)) onFailed?.(answer !== null)
        else onDone?.()
      })
    })
  }

  return { name, state, setState, post, send, pending }
}

/** The action's answer, or null if there is none: the server, or something on the way to it, is away. */
async function attempt(action: FormAction, previous: FormState, form: FormData): Promise<FormState | null> {
  try {
    const answer = await action(previous, form)
    expectReload(hasFailed(answer) ? undefined : form)
    return answer
  } catch (error) {
    unstable_rethrow(error)
    if (!unstable_isUnrecognizedActionError(error)) return null
    // This page is out of date, or another account's. What was typed comes back with the page that replaces it.
    expectReload(form)
    sendPlainly(form)
    return new Promise(() => {})
  }
}
