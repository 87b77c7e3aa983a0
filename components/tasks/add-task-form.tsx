'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { AddTaskButton, AddTaskLayout } from './add-task-layout.tsx'
import { firstPageOf, pathOf, type TaskPlace } from './task-view.ts'

type AddTaskFormProps = {
  sender: FormSender
  place: TaskPlace
  onAdd: (title: string) => void
}

/** Clears its field on submit, so that the user can type the next task, and restores the text after a failure. */
export function AddTaskForm({ sender, place, onAdd }: AddTaskFormProps) {
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
        if (place.cursor) router.push(pathOf(firstPageOf(place)))
      },
      onFailed() {
        if (field?.value === '') field.value = typed
      },
    })
  }

  const error = state.errors.find(({ field }) => field === 'title')?.issue
  return (
    <ActionForm sender={sender} onSubmit={onSubmit} noValidate>
      <HiddenFields fields={firstPageOf(place)} />
      <AddTaskLayout
        field={
          <TextField
            ref={input}
            label="New task"
            placeholder="New task"
            name="title"
            dir="auto"
            autoComplete="off"
            enterKeyHint="done"
            defaultValue={state.values.title}
            {...(error && { error, autoFocus: true })}
          />
        }
        button={<AddTaskButton />}
      />
    </ActionForm>
  )
}
