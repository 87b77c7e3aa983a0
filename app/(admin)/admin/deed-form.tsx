'use client'

import type { FormEvent } from 'react'
import { FormProblems } from '#components/form/form-problems'
import { useSender } from '#components/form/use-sender'
import { Button } from '#components/ui/button'
import type { FormAction } from '#lib/form-state'

type DeedFormProps = {
  action: FormAction
  /** What the button does it to. */
  fields: Record<string, string>
  variant?: 'primary' | 'quiet' | 'danger'
  /** The button's whole name, where what it says could be one of several. */
  label?: string
  children: string
}

/** One button that does something as an operator. */
export function DeedForm({ action, fields, variant = 'quiet', label, children }: DeedFormProps) {
  const { state, post, send, pending } = useSender(action)

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!pending) send(new FormData(event.currentTarget))
  }

  return (
    <form action={post} onSubmit={onSubmit} className="grid gap-3">
      <FormProblems state={state} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button variant={variant} pending={pending} aria-label={label} className="justify-self-start">
        {children}
      </Button>
    </form>
  )
}
