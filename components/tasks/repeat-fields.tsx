import { type ChangeEvent, type ReactNode, useState } from 'react'
import { CUSTOM_RULE } from '#app/(app)/tasks/edit-field-names.ts'
import { HiddenFields } from '#components/form/hidden-fields.tsx'
import { SelectField } from '#components/ui/select-field.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { SplitRepeat } from '#lib/tasks/repeat/split-repeat.ts'
import { REPEAT_FROM, repeatOptions } from './task-options.ts'

type Control = { name: string; defaultValue?: string | undefined; error?: string }

type RepeatFieldsProps = {
  /** When the form was opened; null if the task does not repeat. */
  opened: SplitRepeat | null
  /** Of a form that came back. */
  values: Record<string, string>
  repeat: Control
  field: (name: string) => Control
  /** When the task is due next (previewRepeat). */
  nextDays: string
  conflict: ReactNode
}

/** How a task repeats: by a rule of the menu or by one that the user writes, its interval and its last day. */
export function RepeatFields({ opened, values, repeat, field, ...shown }: RepeatFieldsProps) {
  const [chosen, setChosen] = useState<string | undefined>(
    values.repeat === CUSTOM_RULE ? CUSTOM_RULE : undefined,
  )
  const isCustom = chosen === CUSTOM_RULE
  const seenRule = values.seen_repeat_rule ?? opened?.rule ?? ''
  const { defaultValue: rule = seenRule, ...ruleControl } = field('repeat_rule')
  const isOpen = isCustom || rule !== seenRule || ruleControl.error !== undefined

  function chooseCustom({ target: { form } }: ChangeEvent<HTMLInputElement>) {
    const menu = form?.elements.namedItem('repeat')
    if (menu instanceof HTMLSelectElement) menu.value = CUSTOM_RULE
    setChosen(CUSTOM_RULE)
  }

  return (
    <>
      <SelectField
        label="Repeat"
        options={repeatOptions(opened)}
        {...repeat}
        onChange={({ target }) => setChosen(target.value)}
      />
      <fieldset aria-label="Repetition" className="task-repeat">
        <TextField
          label="Interval"
          type="number"
          inputMode="numeric"
          min={1}
          max={999}
          {...withDefault(field('repeat_interval'), String(opened?.interval ?? 1))}
          name="repeat_interval"
        />
        <SelectField
          label="Repeat from"
          name="repeat_from"
          options={REPEAT_FROM}
          defaultValue={values.repeat_from ?? opened?.from ?? 'due'}
        />
        <TextField
          label="Until"
          type="date"
          {...withDefault(field('repeat_until'), opened?.until ?? '')}
          name="repeat_until"
        />
      </fieldset>
      {shown.nextDays && (
        <p aria-live="polite" className="task-next">
          {shown.nextDays}
        </p>
      )}
      {shown.conflict}
      <HiddenFields fields={{ seen_repeat_rule: seenRule }} />
      <details open={isOpen || undefined}>
        <summary>Custom rule</summary>
        <TextField
          label="Rule"
          hint="Such as “every 2nd Tuesday of the month”, or as in iCalendar: FREQ=MONTHLY;BYDAY=2TU. Choose “Custom rule” above to use it."
          autoComplete="off"
          spellCheck={false}
          {...ruleControl}
          name="repeat_rule"
          defaultValue={rule}
          // A rule that the user wrote before they chose one of the menu is kept, but not sent.
          disabled={chosen !== undefined && !isCustom}
          onChange={chooseCustom}
        />
      </details>
    </>
  )
}

function withDefault({ defaultValue, ...control }: Control, value: string): Control {
  return { ...control, defaultValue: defaultValue ?? value }
}
