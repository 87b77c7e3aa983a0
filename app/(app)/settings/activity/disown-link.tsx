import { TextLink } from '#components/ui/text-link.tsx'
import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from '#lib/audit/account-event.ts'
import { canDisown } from '#lib/audit/can-disown.ts'

type DisownLinkProps = { event: AccountEvent; actor: Actor; here: URLSearchParams }

/** Leads to the question whether to log out the other devices (DisownConfirmation). */
export function DisownLink({ event, actor, here }: DisownLinkProps) {
  if (!canDisown(event, actor)) return null
  return (
    <TextLink href={disownPath(event, here)} aria-describedby={`event-${event.id}`}>
      This wasn’t me
    </TextLink>
  )
}

export function disownPath({ id }: AccountEvent, here: URLSearchParams): string {
  return `/settings/activity?${new URLSearchParams([...here, ['disown', id]])}#disown`
}
