'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import type { FormEvent } from 'react'
import { type FieldErrors, type FieldValues, type Path, useForm } from 'react-hook-form'
import type { z } from 'zod'
import { type FormAction, toSentence } from '#lib/form-state'
import { useSender } from './use-sender'

/**
 * A form that is checked in the browser by the schema that the server checks it with, before it is sent.
 * Spread `formProps` onto an ActionForm and `field(name)` onto its controls. Unhydrated, the server does all of it.
 * @param formName of its own on the page (useSender)
 */
export function useCheckedForm<Input extends FieldValues, Output>(
  action: FormAction,
  formName: string,
  schema: z.ZodType<Output, Input>,
  options: { secrets?: Path<Input>[]; onDone?: () => void } = {},
) {
  const sender = useSender(action, formName)
  const { state, setState, send, pending } = sender
  const form = useForm<Input, unknown, Output>({ resolver: zodResolver(schema), shouldFocusError: false })
  const found = form.formState.errors

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const data = new FormData(event.currentTarget)
    await form.handleSubmit(
      () => send(data, { ...(options.onDone && { onDone: options.onDone }), onFailed: emptySecrets }),
      (errors) => setState({ ...state, attempt: state.attempt + 1, message: null, errors: toIssues(errors) }),
    )(event)
  }

  function emptySecrets(answered: boolean) {
    // Only after a refusal: the server never saw them if it could not be reached.
    if (!answered) return
    for (const name of options.secrets ?? []) form.setValue(name, '' as Input[typeof name])
  }

  function field(name: Path<Input>) {
    const error = messageOf(found, name) ?? state.errors.find((issue) => issue.field === name)?.issue
    return { ...form.register(name), defaultValue: state.values[name], ...(error && { error }) }
  }

  return { state, pending, field, formProps: { sender, onSubmit, noValidate: true } }
}

function messageOf(errors: FieldErrors, name: string): string | undefined {
  const message = errors[name]?.message
  return typeof message === 'string' ? toSentence({ field: name, issue: message }).issue : undefined
}

function toIssues(errors: FieldErrors) {
  return Object.keys(errors).map((field) => ({ field, issue: messageOf(errors, field) ?? '' }))
}
