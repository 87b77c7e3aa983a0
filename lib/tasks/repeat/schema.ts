import { z } from 'zod'
import { formatRule } from './rule.ts'
import { ruleSchema } from './rule-schema.ts'

/** `repeat` of a body. A `text` that comes back from an answer is ignored. */
export const repeatSchema = z
  .object(
    {
      rule: ruleSchema.transform(formatRule),
      from: z.enum(['due', 'completion'], 'must be due or completion').default('due'),
    },
    'must have a rule, or be null',
  )
  .nullable()
