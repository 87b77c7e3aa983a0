import { EventTime } from '#components/ui/relative-date.tsx'
import type { EmailChange } from '#lib/auth/email-change/get-email-change.ts'

type UndoableChangeProps = {
  /** Of the page. */
  title: string
  former: NonNullable<EmailChange['former']>
  /** What is not possible before its end. */
  what: string
  now: Date
}

/** In place of a form that a thief who changed the address would use next. */
export function UndoableChange({ title, former: { email, until }, what, now }: UndoableChangeProps) {
  return (
    <>
      <title>{`${title} – Taskward`}</title>
      <p className="wrap-anywhere mb-3">
        You can {what} from <EventTime at={until.toISOString()} now={now.toISOString()} />.
      </p>
      <p className="wrap-anywhere text-quiet">
        Your email was changed recently. Until then, a link that we emailed to {email} can undo that.
      </p>
    </>
  )
}
