import { db } from '#lib/db/client.ts'

export type AccountView = {
  id: string
  email: string
  name: string | null
  createdAt: Date
  lastLoginAt: Date | null
}

export function getAccount(userId: string): Promise<AccountView | null> {
  return db().user.findUnique({
    where: { id: userId },
    select: { id: true, email: true, name: true, createdAt: true, lastLoginAt: true },
  })
}
