import { HydrationSafeForm } from '#components/form/hydration-safe-form.tsx'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import { ResponsiveTable } from '#components/ui/responsive-table.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { operatorOf } from '#lib/actor.ts'
import { requireAdmin } from '#lib/auth/actor.ts'
import { listUsers } from '#lib/operator/list-users.ts'
import { AdminFrame } from '../admin-frame.tsx'
import { readUserQuery, usersPath } from './user-query.ts'
import { UserRow } from './user-row.tsx'

export default async function UsersPage({ searchParams }: PageProps<'/admin/users'>) {
  const actor = await requireAdmin('/admin/users')
  const { search, cursor } = readUserQuery(await searchParams)
  const { users, nextCursor } = await listUsers(operatorOf(actor), { search, cursor, now: new Date() })
  return (
    <AdminFrame actor={actor} heading="Users">
      <search>
        <HydrationSafeForm
          name="user-search"
          action="/admin/users"
          method="get"
          className="flex max-w-[32rem] items-end gap-2"
        >
          <div className="min-w-0 grow">
            <TextField
              label="Search by email or name"
              name="search"
              type="search"
              autoComplete="off"
              defaultValue={search}
            />
          </div>
          <Button variant="quiet">Search</Button>
        </HydrationSafeForm>
      </search>
      <div className="mt-8">
        {users.length > 0 ? (
          <ResponsiveTable caption="Users" columns={['Account', 'Last log-in (UTC)', 'Sessions']}>
            {users.map((user) => (
              <UserRow key={user.id} user={user} isSelf={user.id === actor.userId} />
            ))}
          </ResponsiveTable>
        ) : (
          <EmptyState title={cursor ? 'No more users' : 'No users'}>
            {search && !cursor ? `No email or name contains “${search}”.` : 'The list ends here.'}
          </EmptyState>
        )}
        <PaginationLinks
          name="Pages of users"
          newest={cursor ? usersPath({ search }) : null}
          older={nextCursor && usersPath({ search, cursor: nextCursor })}
        />
      </div>
    </AdminFrame>
  )
}
