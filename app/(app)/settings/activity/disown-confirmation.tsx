import { ButtonForm } from '#components/form/button-form.tsx'
import { FocusedSection } from '#components/ui/focused-section.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { RelativeDateTime } from '#components/ui/relative-date.tsx'
import type { AccountEvent } from '#lib/audit/account-event.ts'
import { describeEventWithOrigin } from '#lib/audit/words/describe-event.ts'
import { disownEventAction } from './actions.ts'

type DisownConfirmationProps = { event: AccountEvent; now: string; here: URLSearchParams }

/** Asks before "This wasn’t me" logs the other devices out. */
export function DisownConfirmation({ event, now, here }: DisownConfirmationProps) {
  return (
    <FocusedSection key={event.id} id="disown" aria-labelledby="disown-heading" className="confirmation mb-8">
      <h2 id="disown-heading" className="text-lead">
        Log out all your other devices?
      </h2>
      <p className="wrap-anywhere mt-1 max-w-prose text-quiet">
        {describeEventWithOrigin(event)}, <RelativeDateTime at={event.createdAt.toISOString()} now={now} />
      </p>
      <p className="mt-3 max-w-prose">
        If that wasn’t you, someone else may be logged in to your account. We log out all devices but this
        one, and ask you for a new password.
      </p>
      <div className="mt-4 flex flex-wrap items-end gap-2">
        <ButtonForm action={disownEventAction} name="disown-event" fields={{ id: event.id }} variant="danger">
          Log out my other devices
        </ButtonForm>
        <LinkButton href={`/settings/activity?${here}`} variant="plain">
          Cancel
        </LinkButton>
      </div>
    </FocusedSection>
  )
}
