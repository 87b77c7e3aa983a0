'use client'

import { type FormEvent, useReducer } from 'react'
import { addListAction, changeListAction } from '#app/(app)/tasks/lists/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { type FormState, hasFailed, INITIAL_FORM_STATE } from '#lib/form-state.ts'
import { LISTS_FORM, ListRow, type ListView } from './list-row.tsx'
import { useListFocus } from './use-list-focus.ts'

function numberAttempt(last: FormState | null, next: FormState): FormState {
  return { ...next, attempt: (last?.attempt ?? 0) + 1 }
}

/** All lists of the user with their forms. */
export function ListBoard({ lists }: { lists: ListView[] }) {
  const [answer, onAnswer] = useReducer(numberAttempt, null)
  const adding = useFormSender(addListAction, { name: 'add-list', onAnswer })
  const changing = useFormSender(changeListAction, { name: LISTS_FORM, onAnswer })
  const posted = [adding, changing].map(({ state }) => state).find(hasFailed)
  const problem = answer ?? posted ?? INITIAL_FORM_STATE
  const active = lists.filter(({ isArchived }) => !isArchived)
  const archived = lists.filter(({ isArchived }) => isArchived)
  const { board, remember } = useListFocus()
  const onDone = (list: ListView) => (button: string) =>
    remember({ id: list.id, button, index: [...active, ...archived].indexOf(list) })

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    if (!adding.pending) adding.send(new FormData(form), { onDone: () => form.reset() })
  }

  const error = adding.state.errors.find(({ field }) => field === 'name')?.issue
  return (
    <div ref={board} className="task-board">
      <FormTitle state={problem}>Lists</FormTitle>
      <FormErrors state={problem} fields={['name']} />
      <ActionForm sender={adding} onSubmit={onSubmit} noValidate>
        <div className="add-task">
          <TextField
            label="New list"
            placeholder="New list"
            name="name"
            dir="auto"
            autoComplete="off"
            enterKeyHint="done"
            defaultValue={adding.state.values.name}
            {...(error && { error, autoFocus: true })}
          />
          <Button pending={adding.pending}>Add list</Button>
        </div>
      </ActionForm>
      <ActionForm sender={changing} id={LISTS_FORM} hidden />
      {lists.length === 0 && (
        <EmptyState title="No lists yet">
          Tasks without a list are in your Inbox. Add a list for home, for work, or for a journey.
        </EmptyState>
      )}
      {active.length > 0 && (
        <ul aria-label="Lists">
          {active.map((list, index) => (
            <ListRow
              key={list.id}
              list={list}
              sender={changing}
              isFirst={index === 0}
              isLast={index === active.length - 1}
              onDone={onDone(list)}
            />
          ))}
        </ul>
      )}
      {archived.length > 0 && (
        <section>
          <h2 className="mt-4 text-lead">Archived</h2>
          <p className="text-quiet text-small">Not in the navigation. Their tasks stay where they are.</p>
          <ul aria-label="Archived">
            {archived.map((list) => (
              <ListRow key={list.id} list={list} sender={changing} isFirst isLast onDone={onDone(list)} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
