import type { MouseEvent } from 'react'
import type { FormSender } from './use-form-sender.tsx'

type FormButtonOptions<Name extends string> = {
  /** The id of the form. */
  form: string
  name: Name
  value: string
}

/**
 * The props of a button that sends a form elsewhere on the page, with its name and value. Many buttons share a form, which
 * a list would repeat (docs/decisions/0039-light-pages.md).
 */
export function formButton<Name extends string>(
  button: FormButtonOptions<Name>,
  { sender, ...hooks }: { sender: FormSender } & Parameters<FormSender['send']>[1],
) {
  return {
    ...button,
    onClick(event: MouseEvent<HTMLButtonElement>) {
      event.preventDefault()
      const { form, name, value } = event.currentTarget
      const fields = new FormData(form ?? undefined)
      fields.set(name, value)
      sender.send(fields, hooks)
    },
  }
}
