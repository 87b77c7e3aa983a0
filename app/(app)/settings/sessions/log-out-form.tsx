'use client'

import type { FormEvent } from 'react'
import { FormProblems } from '#components/form/form-problems'
import { useSender } from '#components/form/use-sender'
import { Button } from '#components/ui/button'
import type { FormAction } from '#lib/form-state'

type LogOutFormProps = {
  action: FormAction
  /** The session to end; none for all others. */
  id?: string
  children: string
}

/** One button that ends sessions. */
export function LogOutForm({ action, id, children }: LogOutFormProps) {
  const { state, post, send, pending } = useSender(action)

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!pending) send(new FormData(event.currentTarget))
  }

  return (
    <form action={post} onSubmit={onSubmit} className="grid gap-3">
      <FormProblems state={state} />
      {id && <input type="hidden" name="id" value={id} />}
      <Button variant="quiet" pending={pending} className="wrap-anywhere justify-self-start">
        {children}
      </Button>
    </form>
  )
}
