'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { AddTaskLayout } from '#components/tasks/add-task-layout.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { ListPart } from './task-view.ts'

type AddTaskFormProps = {
  sender: FormSender
  part: ListPart
  onAdd: (title: string) => void
}

/** Clears its field on submit, so that the user can type the next task, and restores the text after a failure. */
export function AddTaskForm({ sender, part, onAdd }: AddTaskFormProps) {
  const { state, send, pending } = sender
  const input = useRef<HTMLInputElement>(null)
  const router = useRouter()

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const field = input.current
    const form = new FormData(event.currentTarget)
    const typed = String(form.get('title'))
    const title = typed.trim()
    // A double click: the first one has cleared the field.
    if (pending && title === '') return
    if (field) field.value = ''
    send(form, {
      optimistically() {
        if (title !== '') onAdd(title)
      },
      onDone() {
        // A page of older tasks does not show the new one.
        if (part.cursor) router.push(part.limit ? `/tasks?limit=${part.limit}` : '/tasks')
      },
      onFailed() {
        if (field?.value === '') field.value = typed
      },
    })
  }

  const error = state.errors.find(({ field }) => field === 'title')?.issue
  return (
    <ActionForm sender={sender} onSubmit={onSubmit} noValidate>
      <AddTaskLayout
        field={
          <TextField
            ref={input}
            label="New task"
            name="title"
            autoComplete="off"
            enterKeyHint="done"
            defaultValue={state.values.title}
            {...(error && { error, autoFocus: true })}
          />
        }
        button={<Button>Add task</Button>}
      />
    </ActionForm>
  )
}
