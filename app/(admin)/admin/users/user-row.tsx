import { Badge } from '#components/ui/badge.tsx'
import { Cell, CellLink, Row } from '#components/ui/responsive-table.tsx'
import type { UserView } from '#lib/operator/list-users.ts'
import { UtcTime } from '../utc-time.tsx'
import { AccountState } from './account-state.tsx'

export function UserRow({ user, isSelf }: { user: UserView; isSelf: boolean }) {
  const { id, email, name, role, lastLoginAt, sessionCount } = user
  return (
    <Row>
      <Cell>
        <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
          <CellLink href={`/admin/users/${id}`}>{email}</CellLink>
          {isSelf && <Badge>You</Badge>}
          {role === 'admin' && <Badge>Administrator</Badge>}
          <AccountState {...user} />
        </p>
        {name && <p className="text-quiet text-small">{name}</p>}
      </Cell>
      <Cell className="text-quiet">
        {lastLoginAt ? (
          <>
            <span className="md:hidden">Last log-in </span>
            <UtcTime at={lastLoginAt} />
          </>
        ) : (
          'Never logged in'
        )}
      </Cell>
      <Cell className="text-quiet">
        <span>{sessionCount}</span>
        <span className="md:hidden">{sessionCount === 1 ? ' session' : ' sessions'}</span>
      </Cell>
    </Row>
  )
}
