import { Prisma } from './generated/client.ts'

/** Whether a write failed because another row holds this value of a unique field already. */
export function isUniqueViolation(error: unknown, field: string): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    error.code === 'P2002' &&
    JSON.stringify(error.meta).includes(field)
  )
}
