import { Cell, CellLink, Row } from '#components/ui/responsive-table.tsx'
import type { FoundEvent } from '#lib/audit/search-events.ts'
import { describeEvent } from '#lib/audit/words/describe-event.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { formatNetwork } from '#lib/throttle/network.ts'
import { UtcTime } from '../utc-time.tsx'
import { eventsPath } from './event-query.ts'

/** One event: when, what, who and from where. The account and the address link to their own events. */
export function EventRow({ event }: { event: FoundEvent }) {
  const { success, details, ipAddress, userAgent, createdAt } = event
  const facts = Object.entries(details ?? {}).map(([name, value]) => {
    const shown = name === 'network' ? formatNetwork(String(value)) : value
    return `${name.replaceAll('_', ' ')}: ${shown}`
  })
  return (
    <Row>
      <Cell className="whitespace-nowrap text-quiet text-small md:leading-6">
        <UtcTime at={createdAt} exact />
      </Cell>
      <Cell>
        <p className={success ? '' : 'text-danger'}>{describeEvent(event)}</p>
        {facts.length > 0 && <p className="text-quiet text-small">{facts.join(' · ')}</p>}
      </Cell>
      <Cell className="md:min-w-52">
        <Who event={event} />
      </Cell>
      <Cell className="md:min-w-36">
        {ipAddress && <CellLink href={eventsPath({ address: ipAddress })}>{ipAddress}</CellLink>}
        {userAgent && (
          <p title={userAgent} className="text-quiet text-small">
            {deviceName(userAgent)}
          </p>
        )}
      </Cell>
    </Row>
  )
}

function Who({ event: { userId, email } }: { event: FoundEvent }) {
  if (userId) return <CellLink href={eventsPath({ user: userId })}>{email ?? `Account ${userId}`}</CellLink>
  return email ? <span>{email} (no account)</span> : <span className="text-quiet">No account</span>
}
