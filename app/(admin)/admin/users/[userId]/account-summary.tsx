import type { ReactNode } from 'react'
import type { UserView } from '#lib/operator/list-users.ts'
import { UtcTime } from '../../utc-time.tsx'
import { AccountState } from '../account-state.tsx'

export function AccountSummary({ user }: { user: UserView }) {
  const { id, role, lastLoginAt, createdAt } = user
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4">
      <Fact name="State">
        {user.disabledAt || user.passwordChangeRequiredAt ? <AccountState {...user} /> : 'Enabled'}
      </Fact>
      <Fact name="Role">{role === 'admin' ? 'Administrator' : 'User'}</Fact>
      <Fact name="Last log-in (UTC)">{lastLoginAt ? <UtcTime at={lastLoginAt} /> : 'Never'}</Fact>
      <Fact name="Signed up (UTC)">
        <UtcTime at={createdAt} />
      </Fact>
      <Fact name="Id" className="sm:col-span-full">
        <span className="wrap-anywhere tabular-nums">{id}</span>
      </Fact>
    </dl>
  )
}

type FactProps = { name: string; className?: string; children: ReactNode }

function Fact({ name, className, children }: FactProps) {
  return (
    <div className={className}>
      <dt className="text-quiet text-small">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
