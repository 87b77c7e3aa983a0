'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import type { FormEvent } from 'react'
import { type FieldErrors, type FieldValues, type Path, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { describeIssue, type FormAction } from '#lib/form-state.ts'
import { useFormSender } from './use-form-sender.tsx'

type ValidatedFormOptions<Input extends FieldValues, Output> = {
  /** Unique on the page (useFormSender). */
  name: string
  schema: z.ZodType<Output, Input>
  /** Fields that are cleared when the server refuses the form. */
  secrets?: Path<Input>[]
  onDone?: () => void
}

/**
 * Validates a form in the browser by the server's own schema before it is sent. Spread `formProps` onto an ActionForm and
 * `field(name)` onto its controls.
 *
 * Fields are not registered with react-hook-form, which follows events: password managers fill fields without any. It
 * validates the values at submit.
 */
export function useValidatedForm<Input extends FieldValues, Output>(
  action: FormAction,
  { name: formName, schema, secrets = [], onDone }: ValidatedFormOptions<Input, Output>,
) {
  const sender = useFormSender(action, { name: formName })
  const { state, setState, send, pending } = sender
  const { reset, handleSubmit } = useForm<Input, unknown, Output>({
    resolver: zodResolver(schema),
    shouldFocusError: false,
  })

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const form = event.currentTarget
    const data = new FormData(form)
    reset(Object.fromEntries(data) as Input)
    await handleSubmit(
      () =>
        send(data, {
          ...(onDone && { onDone }),
          onFailed: (answered) => answered && clear(form, secrets),
        }),
      (errors) => setState({ ...state, attempt: state.attempt + 1, message: null, errors: toIssues(errors) }),
    )()
  }

  function field(name: Path<Input>) {
    const error = state.errors.find((issue) => issue.field === name)?.issue
    return { name, defaultValue: state.values[name], ...(error && { error }) }
  }

  return { state, pending, field, formProps: { sender, onSubmit, noValidate: true } }
}

/** Only after an answer: if the request failed, the user can send the same password again. */
function clear(form: HTMLFormElement, secrets: readonly string[]) {
  for (const name of secrets) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = ''
  }
}

function toIssues(errors: FieldErrors) {
  return Object.entries(errors).map(([field, error]) =>
    describeIssue({ field, issue: typeof error?.message === 'string' ? error.message : '' }),
  )
}
