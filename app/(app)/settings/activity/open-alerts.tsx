import { LinkButton } from '#components/ui/link-button.tsx'
import { EventTime } from '#components/ui/relative-date.tsx'
import type { Actor } from '#lib/actor.ts'
import type { AccountEvent } from '#lib/audit/account-event.ts'
import { canDisown } from '#lib/audit/can-disown.ts'
import { describeEvent } from '#lib/audit/words/describe-event.ts'
import { disownPath } from './disown-link.tsx'

type OpenAlertsProps = { alerts: AccountEvent[]; actor: Actor; now: string; here: URLSearchParams }

export function OpenAlerts({ alerts, actor, now, here }: OpenAlertsProps) {
  if (alerts.length === 0) return null
  return (
    <section aria-label="Alerts" className="alerts">
      <ul>
        {alerts.map((event) => (
          <li key={event.id}>
            <p id={`alert-${event.id}`}>
              <strong>{describeEvent(event)}</strong>
              <EventTime at={event.createdAt.toISOString()} now={now} />
            </p>
            {canDisown(event, actor) && (
              <LinkButton
                href={disownPath(event, here)}
                variant="danger"
                aria-describedby={`alert-${event.id}`}
              >
                This wasn’t me
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
