'use client'

import type { ComponentProps, FormEvent } from 'react'
import { Button } from '#components/ui/button'
import type { FormAction } from '#lib/form-state'
import { FormProblems } from './form-problems'
import { useSender } from './use-sender'

type ButtonFormProps = Omit<ComponentProps<typeof Button>, 'pending' | 'type'> & {
  action: FormAction
  /** What the button does it to. */
  fields?: Record<string, string>
}

/** A form that is one button: what goes wrong stands above it. */
export function ButtonForm({
  action,
  fields = {},
  variant = 'quiet',
  className = '',
  ...button
}: ButtonFormProps) {
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
      <Button {...button} variant={variant} pending={pending} className={`justify-self-start ${className}`} />
    </form>
  )
}
