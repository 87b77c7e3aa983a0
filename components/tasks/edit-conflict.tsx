import { CheckboxField } from '#components/ui/checkbox-field.tsx'
import { EventTime } from '#components/ui/relative-date.tsx'

type EditConflictProps = {
  text: string
  /** Shown in place of an empty text. */
  empty: string
  /** ISO 8601. */
  savedAt: string
  /** The server's clock, ISO 8601. */
  now: string
  /** The name of the checkbox. */
  name: string
  id: string
  defaultChecked: boolean
}

/** The text that another window saved while the user typed, with a checkbox to use it. */
export function EditConflict({ text, empty, savedAt, now, id, ...checkbox }: EditConflictProps) {
  return (
    <div className="conflict border-edge border-l-2 pl-3.5">
      <p className="text-quiet text-small">
        Saved in the meantime (<EventTime at={savedAt} now={now} />)
      </p>
      <p
        id={`${id}-text`}
        dir="auto"
        className={`wrap-anywhere mt-1 whitespace-pre-line ${text ? '' : 'text-quiet'}`}
      >
        {text || empty}
      </p>
      <CheckboxField label="Use this instead" id={id} aria-describedby={`${id}-text`} {...checkbox} />
    </div>
  )
}
