import { z } from 'zod'
import { formatRule } from './rule.ts'
import { hasDays } from './rule-days.ts'
import { ruleSchema } from './rule-schema.ts'

/** `repeat` of a body. A `text` that comes back from an answer is ignored. */
export const repeatSchema = z
  .object(
    {
      // Readers of a stored rule take one without days, too.
      rule: ruleSchema.refine(hasDays, 'has no day in any year').transform(formatRule),
      from: z.enum(['due', 'completion'], 'must be due or completion').default('due'),
    },
    'must have a rule, or be null',
  )
  .nullable()
