'use client'

import type { ComponentProps, FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { FormAction } from '#lib/form-state.ts'
import { ActionForm } from './action-form.tsx'
import { FormErrors } from './form-errors.tsx'
import { HiddenFields } from './hidden-fields.tsx'
import { useFormSender } from './use-form-sender.tsx'

type ButtonFormProps = Omit<ComponentProps<typeof Button>, 'pending' | 'type'> & {
  action: FormAction
  /** Unique on the page (useFormSender). */
  name: string
  /** Hidden fields that name what the button acts on. */
  fields?: Record<string, string>
}

/** A form with a single button, below its errors. */
export function ButtonForm({
  action,
  name,
  fields = {},
  variant = 'quiet',
  className = '',
  ...button
}: ButtonFormProps) {
  const sender = useFormSender(action, { name })
  const { state, send, pending } = sender

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!pending) send(new FormData(event.currentTarget))
  }

  return (
    <ActionForm sender={sender} onSubmit={onSubmit} className="grid gap-3">
      <FormErrors state={state} />
      <HiddenFields fields={fields} />
      <Button {...button} variant={variant} pending={pending} className={`justify-self-start ${className}`} />
    </ActionForm>
  )
}
