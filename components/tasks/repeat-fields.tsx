import { type ChangeEvent, type ReactNode, useState } from 'react'
import { CUSTOM_RULE } from '#app/(app)/tasks/edit-field-names.ts'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Repeat } from '#lib/tasks/repeat/repeat.ts'
import { REPEAT_FROM, repeatOptions } from './task-options.ts'

type Control = { name: string; defaultValue?: string | undefined; error?: string }

type RepeatFieldsProps = {
  /** When the form was opened. */
  opened: Repeat | null
  /** In English; null if the task does not repeat. */
  repeatText: string | null
  /** Of a form that came back. */
  values: Record<string, string>
  repeat: Control
  rule: Control
  /** When the task is due next (previewRepeat). */
  nextDays: string
  conflict: ReactNode
}

/** How a task repeats: by a rule of the menu, or by one that the user writes. */
export function RepeatFields({ opened, repeatText, values, repeat, rule, ...shown }: RepeatFieldsProps) {
  const [chosen, setChosen] = useState(values.repeat === CUSTOM_RULE ? CUSTOM_RULE : undefined)
  const isCustom = chosen === CUSTOM_RULE
  const seenRule = values.seen_repeat_rule ?? opened?.rule ?? ''
  const { defaultValue: text = seenRule, error } = rule

  function chooseCustom({ target: { form } }: ChangeEvent<HTMLInputElement>) {
    const menu = form?.elements.namedItem('repeat')
    if (menu instanceof HTMLSelectElement) menu.value = CUSTOM_RULE
    setChosen(CUSTOM_RULE)
  }

  return (
    <>
      <SelectField
        label="Repeat"
        options={repeatOptions(opened?.rule, repeatText)}
        {...repeat}
        onChange={({ target }) => setChosen(target.value)}
      />
      <SelectField
        label="Repeat from"
        name="repeat_from"
        options={REPEAT_FROM}
        defaultValue={values.repeat_from ?? opened?.from ?? 'due'}
      />
      {shown.nextDays && (
        <p aria-live="polite" className="task-next">
          {shown.nextDays}
        </p>
      )}
      {shown.conflict}
      <HiddenFields fields={{ seen_repeat_rule: seenRule }} />
      <details open={isCustom || text !== seenRule || error !== undefined || undefined}>
        <summary>Custom rule</summary>
        <TextField
          label="Rule"
          hint="As in iCalendar, such as FREQ=MONTHLY;BYDAY=-1FR. Choose “Custom rule” above to use it."
          autoComplete="off"
          spellCheck={false}
          {...rule}
          name="repeat_rule"
          defaultValue={text}
          // A rule that the user wrote before they chose one of the menu is kept, but not sent.
          disabled={chosen !== undefined && !isCustom}
          onChange={chooseCustom}
        />
      </details>
    </>
  )
}
