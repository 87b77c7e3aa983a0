import { Cell, CellLink, ResponsiveTable, Row } from '#components/ui/responsive-table.tsx'
import type { ActiveSession } from '#lib/auth/session/list-sessions.ts'
import { eventsPath } from '../../events/event-query.ts'
import { UtcTime } from '../../utc-time.tsx'

/** @param count how many sessions there are, which may exceed those listed */
export function SessionTable({ sessions, count }: { sessions: ActiveSession[]; count: number }) {
  return (
    <section>
      <h2 className="mb-3 text-lead">Sessions</h2>
      {sessions.length === 0 && <p className="text-quiet">Not logged in anywhere.</p>}
      {count > sessions.length && (
        <p className="mb-3 text-quiet">{`Showing the ${sessions.length} most recently active sessions. There are more.`}</p>
      )}
      {sessions.length > 0 && (
        <ResponsiveTable
          caption="Sessions"
          columns={['Device', 'Address', 'Logged in (UTC)', 'Last active (UTC)']}
        >
          {sessions.map(({ id, device, userAgent, ipAddress, createdAt, lastSeenAt }) => (
            <Row key={id}>
              <Cell>
                <span title={userAgent ?? undefined}>{device}</span>
              </Cell>
              <Cell>
                {ipAddress ? (
                  <CellLink href={eventsPath({ address: ipAddress })}>{ipAddress}</CellLink>
                ) : (
                  'Unknown address'
                )}
              </Cell>
              <Cell className="text-quiet">
                <span className="md:hidden">Logged in </span>
                <UtcTime at={createdAt} />
              </Cell>
              <Cell className="text-quiet">
                <span className="md:hidden">Last active </span>
                <UtcTime at={lastSeenAt} />
              </Cell>
            </Row>
          ))}
        </ResponsiveTable>
      )}
    </section>
  )
}
