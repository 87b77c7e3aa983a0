import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaAdapter } from '@auth/prisma-adapter'
import NextAuth from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { cookieAttributes, cookieNames } from '#lib/gate/cookie-names.ts'
import { setSessionCookies } from '#lib/http/session-cookies.ts'
import type { SignedIn } from './session/tokens.ts'

/** The sign-in that a verb of ours has just decided, handed to the library within this one call. */
const handedOver = new AsyncLocalStorage<SignedIn>()

/**
 * The auth library, kept thin (docs/decisions/0002-next-auth-kept-thin.md). Its one provider takes nothing from
 * outside, neither a password nor a user id: it knows only the sign-in handed over in this process.
 */
const { signIn } = NextAuth(() => ({
  adapter: PrismaAdapter(db()),
  secret: nodeEnv().jwtSecrets,
  trustHost: true,
  basePath: '/api/auth',
  session: { strategy: 'jwt' },
  providers: [
    Credentials({
      authorize: () => {
        const signedIn = handedOver.getStore()
        return signedIn ? { id: signedIn.user.id, email: signedIn.user.email } : null
      },
    }),
  ],
  cookies: {
    sessionToken: {
      name: cookieNames().access,
      options: cookieAttributes(),
    },
  },
  callbacks: {
    // No address: the library sets no cookie to remember one, and the action decides where to go.
    redirect: () => '',
    jwt: ({ token, trigger }) => (trigger === 'signIn' ? token : null),
  },
  jwt: {
    // A signed token of ours instead of the library's encrypted default.
    encode: () => handedOver.getStore()?.access.token ?? '',
    decode: () => null,
  },
}))

/** Signs this browser in, by the library and with all our cookies. Only within a server action. */
export async function signInBrowser(signedIn: SignedIn): Promise<void> {
  await handedOver.run(signedIn, () => signIn('credentials', { redirect: false }))
  await setSessionCookies(signedIn)
}
