'use client'

import { useRouter } from 'next/navigation'
import type { FormEvent, KeyboardEvent } from 'react'
import { ActionForm } from '#components/form/action-form.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import type { FormSender } from '#components/form/use-form-sender.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { AddTaskButton, AddTaskLayout } from './add-task-layout.tsx'
import { QuickChips } from './quick-chips.tsx'
import { firstPageOf, pathOf, type TaskPlace } from './task-view.ts'
import { useQuickPreview } from './use-quick-preview.ts'
import { useTaskField } from './use-task-field.ts'

type AddTaskFormProps = {
  sender: FormSender
  place: TaskPlace
  listNames: string[]
  onAdd: (titles: string[]) => void
}

/** Clears its field on submit, so that the user can type the next task, and restores the text after a failure. */
export function AddTaskForm({ sender, place, listNames, onAdd }: AddTaskFormProps) {
  const { state, send } = sender
  const { title: textAtFirst = '', ignored: ignoredAtFirst = '' } = state.values
  const { ref, isSeveral, content, replace, onPaste } = useTaskField(textAtFirst)
  const preview = useQuickPreview({ field: ref, content, listNames, ignoredAtFirst })
  const { found, news, hasRoom, ignored, ignore } = preview
  const router = useRouter()

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = String(form.get('title'))
    const titles = preview.titlesOf(typed)
    // The field shows that it is empty. After a double click, the first one has cleared it.
    if (titles.length === 0) return ref.current?.focus()
    replace('')
    preview.clear()
    send(form, {
      optimistically: () => onAdd(titles),
      onDone() {
        // A page of older tasks does not show the new one.
        if (place.cursor) router.push(pathOf(firstPageOf(place)))
      },
      onFailed() {
        const typedSince = ref.current?.value ?? ''
        replace(typedSince === '' ? typed : `${typed}\n${typedSince}`)
        preview.setIgnored(ignored)
      },
    })
  }

  function onInput() {
    if (isSeveral && ref.current?.value === '') replace('')
    preview.onInput()
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const last = found.at(-1)
    if (event.key === 'Escape' && last && !event.nativeEvent.isComposing) ignore(last)
    const isSent = isSeveral && event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    if (isSent) ref.current?.form?.requestSubmit()
  }

  const error = state.errors.find(({ field }) => field === 'title')?.issue
  const field = {
    ref,
    label: 'New task',
    placeholder: 'New task',
    dir: 'auto',
    autoComplete: 'off',
    defaultValue: state.values.title,
    ...(error && { error, autoFocus: true }),
    ...{ onInput, onPaste, onKeyDown, onFocus: preview.onFocus },
  }
  return (
    <ActionForm sender={sender} onSubmit={onSubmit} noValidate>
      <HiddenFields fields={{ ...firstPageOf(place), ignored: ignored.join('\n') || undefined }} />
      <AddTaskLayout
        field={
          isSeveral ? (
            <TextArea {...field} name="title" hint="Each line becomes a task." className="block" />
          ) : (
            <TextField {...field} name="title" enterKeyHint="done" />
          )
        }
        button={<AddTaskButton count={isSeveral ? preview.titles.length : 1} />}
      />
      <QuickChips {...{ found, news, hasRoom }} onIgnore={ignore} />
    </ActionForm>
  )
}
