import { FIELD_NAMES } from '#app/(app)/tasks/edit-field-names.ts'
import type { EditedField } from '#lib/tasks/fingerprint.ts'
import { EditConflict } from './edit-conflict.tsx'

type FieldConflictsProps = {
  names: EditedField[]
  /** Of the form. */
  values: Record<string, string>
  /** The saved value in words. */
  toWords: (name: EditedField) => string
  /** The server's clock, ISO 8601. */
  now: string
}

/** The values that another window saved in these fields. */
export function FieldConflicts({ names, values, toWords, now }: FieldConflictsProps) {
  return names.map((name) => {
    const use = `use_saved_${FIELD_NAMES[name]}`
    return (
      <EditConflict
        key={name}
        text={toWords(name)}
        empty="None"
        savedAt={values.saved_at ?? now}
        now={now}
        name={use}
        id={use}
        defaultChecked={values[use] !== undefined}
      />
    )
  })
}
