import { toNextJsHandler } from 'better-auth/next-js'
import { auth } from '../../../../better-auth.ts'

export const { GET, POST } = toNextJsHandler(auth)
