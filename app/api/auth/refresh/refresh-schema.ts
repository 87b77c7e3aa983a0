import { z } from 'zod'
import { CREDENTIAL_MAX_LENGTH } from '#lib/auth/policy.ts'
import { isStorable } from '#lib/text-schema.ts'

const SEND_REFRESH_TOKEN = 'Send the refresh token that you received last.'

export const refreshSchema = z
  .object({
    refresh_token: z
      .string(SEND_REFRESH_TOKEN)
      .min(1, SEND_REFRESH_TOKEN)
      .max(CREDENTIAL_MAX_LENGTH, SEND_REFRESH_TOKEN)
      .refine(isStorable, SEND_REFRESH_TOKEN),
  })
  .transform(({ refresh_token: refreshToken }) => ({ refreshToken }))
