import { Prisma } from '#lib/db/generated/client.ts'

/** A condition for the lists of one user, which have one order. */
export function listsOf(userId: string): Prisma.Sql {
  return Prisma.sql`user_id = ${userId}::uuid AND deleted_at IS NULL`
}
