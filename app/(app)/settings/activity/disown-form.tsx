'use client'

import type { FormEvent } from 'react'
import { FormProblems } from '#components/form/form-problems'
import { useSender } from '#components/form/use-sender'
import { Button } from '#components/ui/button'
import { disownEventAction } from './actions'

/** The button that disowns an event; the element `describedBy` says which. */
export function DisownForm({ id, describedBy }: { id: string; describedBy: string }) {
  const { state, post, send, pending } = useSender(disownEventAction)

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!pending) send(new FormData(event.currentTarget))
  }

  return (
    <form action={post} onSubmit={onSubmit} className="grid gap-3">
      <FormProblems state={state} />
      <input type="hidden" name="id" value={id} />
      <Button
        variant="plain"
        pending={pending}
        aria-describedby={describedBy}
        className="-mx-4 justify-self-start whitespace-nowrap text-quiet md:justify-self-end"
      >
        {"This wasn't me"}
      </Button>
    </form>
  )
}
