'use client'

import { type FormEvent, useRef } from 'react'
import type { FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import type { FieldIssue } from '#lib/failure.ts'
import type { FormAction } from '#lib/form-state.ts'
import { findUnfinished } from './find-unfinished.ts'
import { useFormSender } from './use-form-sender.tsx'

type ValidatedFormOptions = {
  /** Unique on the page (useFormSender). */
  name: string
  /** Imports the schema when it is needed, because zod is larger than the rest of a page's scripts. */
  loadSchema: () => Promise<z.ZodType<unknown, FieldValues>>
  /** Fields that are cleared when the server refuses the form. */
  secrets?: string[]
  /** Further errors that the browser finds. */
  findErrors?: (form: FormData) => FieldIssue[]
  onDone?: () => void
}

/**
 * Validates a form in the browser by the server's own schema before it is sent. Spread `formProps` onto an ActionForm and
 * `field(name)` onto its controls.
 *
 * The schema loads when the form gets the focus. A form whose schema does not load is sent, and the server validates it
 * alone. The values are read at submit, because password managers fill fields without any event.
 */
export function useValidatedForm(
  action: FormAction,
  { name: formName, loadSchema, secrets = [], findErrors = () => [], onDone }: ValidatedFormOptions,
) {
  const sender = useFormSender(action, { name: formName })
  const { state, setState, send, pending } = sender
  const validating = useRef(false)

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending || validating.current) return
    const form = event.currentTarget
    const data = new FormData(form)
    validating.current = true
    const errors = [...findUnfinished(form), ...(await validate(data, loadSchema)), ...findErrors(data)]
    validating.current = false
    if (errors.length > 0) {
      setState({ ...state, attempt: state.attempt + 1, message: null, errors })
      return
    }
    send(data, {
      ...(onDone && { onDone }),
      onFailed: (answered) => answered && clear(form, secrets),
    })
  }

  function field(name: string) {
    const [first] = state.errors
    const issues = state.errors.filter((error) => error.field === name).map(({ issue }) => issue)
    const error = issues.join(' ')
    return {
      name,
      defaultValue: state.values[name],
      ...(error && { error }),
      // For the answer to a form that was posted without JavaScript.
      ...(first && { autoFocus: first.field === name }),
    }
  }

  const onFocus = () => void load(loadSchema).catch(() => {})
  return { state, pending, field, formProps: { sender, onSubmit, onFocus, noValidate: true } }
}

function load(loadSchema: ValidatedFormOptions['loadSchema']) {
  return Promise.all([import('./validate-form.ts'), loadSchema()])
}

async function validate(
  data: FormData,
  loadSchema: ValidatedFormOptions['loadSchema'],
): Promise<FieldIssue[]> {
  try {
    const [{ validateForm }, schema] = await load(loadSchema)
    return await validateForm(Object.fromEntries(data), schema)
  } catch {
    return []
  }
}

/** Only after an answer: if the request failed, the user can send the same password again. */
function clear(form: HTMLFormElement, secrets: readonly string[]) {
  for (const name of secrets) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = ''
  }
}
