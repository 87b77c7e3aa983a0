import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaAdapter } from '@auth/prisma-adapter'
import NextAuth from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { cookieAttributes, cookieNames } from '#lib/gate/cookie-names.ts'
import { setSessionCookies } from '#lib/http/session-cookies.ts'
import type { SignedIn } from './session/tokens.ts'

const handedOver = new AsyncLocalStorage<SignedIn>()

/** Its one provider takes nothing from outside (docs/decisions/0002-next-auth-kept-thin.md). */
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
    // The action redirects. An empty address keeps the library from setting a cookie for one.
    redirect: () => '',
    jwt: ({ token, trigger }) => (trigger === 'signIn' ? token : null),
  },
  jwt: {
    // The signed access token replaces the library's encrypted one.
    encode: () => handedOver.getStore()?.access.token ?? '',
    decode: () => null,
  },
}))

/** Sets all cookies of a session. Works only in a server action. */
export async function signInBrowser(signedIn: SignedIn): Promise<void> {
  await handedOver.run(signedIn, () => signIn('credentials', { redirect: false }))
  await setSessionCookies(signedIn)
}
