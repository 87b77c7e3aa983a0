import { betterAuth } from 'better-auth'
import { pool } from '../floors/answers.ts'

/** As its documentation recommends. Its throttle would refuse a benchmark. */
export const auth = betterAuth({
  database: pool,
  emailAndPassword: { enabled: true },
  session: { cookieCache: { enabled: process.env.BETTER_AUTH_COOKIE_CACHE === '1', maxAge: 5 * 60 } },
  rateLimit: { enabled: false },
})
