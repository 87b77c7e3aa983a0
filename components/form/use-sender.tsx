'use client'

import { unstable_rethrow } from 'next/navigation'
import { useActionState, useState, useTransition } from 'react'
import { type FormAction, type FormState, hasFailed, UNSENT } from '#lib/form-state'

const UNREACHABLE =
  'We couldn’t reach the server. Nothing was changed; what you typed is still here. Check your connection and try again.'

/**
 * Sends forms to a server action. `post` is the form's `action`, which works before and without JavaScript;
 * `send` is for its `onSubmit`, so that even an unreachable server loses nothing that was typed.
 */
export function useSender(action: FormAction) {
  const [posted, post] = useActionState(action, UNSENT)
  const [state, setState] = useState(posted)
  const [pending, startTransition] = useTransition()

  /** @param hooks `optimistically` runs inside the transition, at once; `onDone` when the server has said yes, `onFailed` when not */
  function send(
    form: FormData,
    hooks: { optimistically?: () => void; onDone?: () => void; onFailed?: () => void } = {},
  ) {
    startTransition(async () => {
      hooks.optimistically?.()
      const next = await attempt(action, state, form)
      startTransition(() => {
        setState(next)
        if (hasFailed(next)) hooks.onFailed?.()
        else hooks.onDone?.()
      })
    })
  }

  return { state, setState, post, send, pending }
}

async function attempt(action: FormAction, previous: FormState, form: FormData): Promise<FormState> {
  try {
    return await action(previous, form)
  } catch (error) {
    unstable_rethrow(error)
    return { ...previous, attempt: previous.attempt + 1, message: UNREACHABLE, errors: [] }
  }
}
