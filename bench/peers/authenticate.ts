import { getAccount } from '../floors/answers.ts'
import { verifyToken } from '../floors/verify-token.ts'

type User = { id: string }

/** Who sends a request, by contender. Each server loads what it uses, and no more. */
const AUTHENTICATORS: Record<string, (headers: Headers) => Promise<User | null>> = {
  gated: fromToken,
  ungated: fromToken,
  'better-auth': async (headers) => {
    const { auth } = await import('./better-auth.ts')
    return (await auth.api.getSession({ headers }))?.user ?? null
  },
  'next-auth': async () => {
    const { auth } = await import('./next-auth.ts')
    const user = (await auth())?.user
    return user?.id === undefined ? null : { ...user, id: user.id }
  },
}

export type Context<Params = unknown> = { params: Promise<Params & { contender: string }> }

export function unauthorized(): Response {
  return Response.json({ error: 'Unauthorized' }, { status: 401 })
}

/** @returns the user, or null */
export async function authenticate(request: Request, { params }: Context): Promise<User | null> {
  const { contender } = await params
  return (await AUTHENTICATORS[contender]?.(request.headers)) ?? null
}

async function fromToken(headers: Headers): Promise<User | null> {
  const id = await verifyToken(headers)
  return id === null ? null : { id }
}

/** The account of a user. The libraries have read it together with the session. */
export async function accountOf(user: User) {
  return 'email' in user ? user : getAccount(user.id)
}
