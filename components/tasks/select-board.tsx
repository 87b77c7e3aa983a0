'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type SubmitEvent, useLayoutEffect, useRef } from 'react'
import { changeSelectedAction } from '#app/(app)/tasks/actions.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { FormErrors } from '#components/form/form-errors.tsx'
import { FormTitle } from '#components/form/form-title.tsx'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { useFormSender } from '#components/form/use-form-sender.tsx'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { TaskList } from './task-list.tsx'
import { TaskRowLayout } from './task-row-layout.tsx'
import { pathOf, type TaskGroup, type TaskPlace } from './task-view.ts'

type SelectBoardProps = {
  heading: string
  groups: TaskGroup[]
  place: TaskPlace
  lists: { id: string; name: string }[]
  /** Whether the page is in the order of the user. */
  canMove: boolean
  /** The task that is chosen at first, or `all`; empty for none. */
  selected: string
}

const DUE = [
  ['due.today', 'Due today'],
  ['due.tomorrow', 'Due tomorrow'],
  ['due.monday', 'Due next Monday'],
  ['due.day', 'Due on a day…'],
  ['due.none', 'No due day'],
] as const
const PRIORITIES = [
  ['priority.1', 'High priority'],
  ['priority.2', 'Medium priority'],
  ['priority.3', 'Low priority'],
  ['priority.0', 'No priority'],
] as const
const LABELS = [
  ['label.add', 'Add a label…'],
  ['label.remove', 'Remove a label…'],
] as const
const MOVES = [
  ['up', 'Move up'],
  ['down', 'Move down'],
  ['top', 'Move to the top'],
] as const

const NAME = 'change-selected'

/** The tasks of a page with a checkbox each, and what can be done with all that are chosen. */
export function SelectBoard({ heading, groups, place, lists, canMove, selected }: SelectBoardProps) {
  const router = useRouter()
  const sender = useFormSender(changeSelectedAction, { name: NAME })
  const { state, send, pending } = sender
  const cancel = useRef<HTMLAnchorElement>(null)

  // The buttons go with this page. The next Tab starts at the list again.
  useLayoutEffect(() => {
    const form = document.forms.namedItem(NAME)
    return () => {
      if (form?.contains(document.activeElement)) document.getElementById('main')?.focus()
    }
  }, [])

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    send(new FormData(event.currentTarget, event.nativeEvent.submitter), {
      onDone: () => router.push(pathOf(place)),
    })
  }

  function onKeyDown(event: KeyboardEvent) {
    const { key, target } = event
    // It would press the first button, and change tasks by an option that the user did not choose.
    const isCheckbox = target instanceof HTMLInputElement && target.type === 'checkbox'
    if (key === 'Enter' && isCheckbox) event.preventDefault()
    // In a menu, Esc closes the menu.
    if (key === 'Escape' && !(target instanceof HTMLSelectElement)) cancel.current?.click()
  }

  const rows = groups.flatMap((group) =>
    group.tasks.map((task, index) => ({ task, begins: index === 0 ? group : undefined })),
  )
  const focused = rows.some(({ task }) => task.id === selected) ? selected : rows[0]?.task.id
  const hasOpen = rows.some(({ task }) => !task.completed)
  const hasDone = rows.some(({ task }) => task.completed)
  return (
    <ActionForm sender={sender} onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <FormErrors state={state} />
      <HiddenFields fields={place} />
      <TaskList>
        {rows.map(({ task, begins }) => (
          <TaskRowLayout
            key={task.id}
            task={task}
            begins={begins}
            checkbox={
              <span className="task-select">
                <input
                  type="checkbox"
                  id={task.id}
                  name={`selected.${task.id}`}
                  defaultChecked={
                    selected === 'all' || task.id === selected || `selected.${task.id}` in state.values
                  }
                  autoFocus={task.id === focused}
                  className="checkbox"
                />
              </span>
            }
            title={
              <label htmlFor={task.id} dir="auto" className={task.completed ? 'task-done' : undefined}>
                {task.title}
              </label>
            }
          />
        ))}
      </TaskList>
      <fieldset className="selected-actions">
        <legend className="sr-only">Selected tasks</legend>
        <select name="option" aria-label="Change" defaultValue={state.values.option} className="control h-11">
          <Options label="Due" options={DUE} />
          <Options
            label="List"
            options={[
              ['list.inbox', 'Move to Inbox'],
              ...lists.map(({ id, name }) => [`list.${id}`, `Move to ${name}`] as const),
            ]}
          />
          <Options label="Priority" options={PRIORITIES} />
          <Options label="Labels" options={LABELS} />
          {canMove && <Options label="Order" options={MOVES} />}
        </select>
        {/* The style sheet shows the one that the option needs. */}
        <input
          type="date"
          name="day"
          aria-label="Day"
          defaultValue={state.values.day}
          className="control selected-day h-11"
        />
        <input
          type="text"
          name="label_name"
          aria-label="Label"
          autoComplete="off"
          dir="auto"
          defaultValue={state.values.label_name}
          className="control selected-label h-11"
        />
        <Button name="change" value="apply" variant="quiet">
          Apply
        </Button>
        {hasOpen && (
          <Button name="change" value="complete" variant="quiet">
            Complete
          </Button>
        )}
        {hasDone && (
          <Button name="change" value="reopen" variant="quiet">
            Reopen
          </Button>
        )}
        <Button name="change" value="delete" variant="danger">
          Delete
        </Button>
        <LinkButton variant="plain" href={pathOf(place)} ref={cancel}>
          Cancel
        </LinkButton>
      </fieldset>
      <FormTitle state={state}>{heading}</FormTitle>
    </ActionForm>
  )
}

type OptionsProps = { label: string; options: readonly (readonly [value: string, text: string])[] }

function Options({ label, options }: OptionsProps) {
  return (
    <optgroup label={label}>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </optgroup>
  )
}
