import { z } from 'zod'
import { profileSchema } from '#lib/auth/schema.ts'

const { name, time_zone } = profileSchema.shape

export const updateProfileSchema = z
  .object({ name: name.nullable().optional(), time_zone: time_zone.nullable().optional() })
  .transform((fields) => ({
    ...(fields.name !== undefined && { name: fields.name }),
    ...(fields.time_zone !== undefined && { timeZone: fields.time_zone }),
  }))
