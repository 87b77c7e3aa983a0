import { Cell, CellLink, Row } from '#components/ui/responsive-table.tsx'
import type { UserView } from '#lib/operator/list-users.ts'
import { UtcTime } from '../utc-time.tsx'
import { AccountState, isUsable } from './account-state.tsx'

export function UserRow({ user, isSelf }: { user: UserView; isSelf: boolean }) {
  const { id, email, name, role, lastLoginAt, sessionCount } = user
  return (
    <Row>
      <Cell>
        <CellLink href={`/admin/users/${id}`}>{email}</CellLink>
        {isSelf && <span className="ml-2 whitespace-nowrap text-quiet">You</span>}
        {name && <p className="text-quiet text-small">{name}</p>}
      </Cell>
      {/* Narrow windows show no columns, so they leave out ordinary values. */}
      <Cell className={`md:whitespace-nowrap ${role === 'admin' ? '' : 'text-quiet max-md:hidden'}`}>
        {role === 'admin' ? 'Administrator' : 'User'}
      </Cell>
      <Cell className="text-quiet">
        {lastLoginAt ? (
          <>
            <span className="md:hidden">Last log-in: </span>
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
      <Cell className={`md:whitespace-nowrap ${isUsable(user) ? 'max-md:hidden' : ''}`}>
        <AccountState {...user} />
      </Cell>
    </Row>
  )
}
