import PostgresAdapter from '@auth/pg-adapter'
import NextAuth from 'next-auth'
import { pool } from '../floors/answers.ts'

export const { auth } = NextAuth({
  adapter: PostgresAdapter(pool),
  session: { strategy: 'database' },
  providers: [],
  trustHost: true,
  callbacks: {
    session: ({ session, user }) => ({ ...session, user: { ...session.user, id: user.id } }),
  },
})
