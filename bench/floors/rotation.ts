// The limit of refreshed tokens: the writes in a loop, without HTTP.

import type { Plan } from '../load/plan.ts'
import { recordAnswers } from '../load/record-answers.ts'
import { servePlans } from '../load/serve-plans.ts'
import { takeTurns } from '../load/take-turns.ts'
import { rotate } from './rotate.ts'

servePlans(async (plan: Plan) => {
  const turns = takeTurns(plan)
  const answers = recordAnswers()
  const deadline = performance.now() + plan.seconds * 1000
  const loop = async () => {
    while (performance.now() < deadline) {
      const request = turns.next()
      const startedAt = performance.now()
      const refresh_token = await rotate(String(request.body?.refresh_token))
      answers.add(200, performance.now() - startedAt)
      turns.finish(request, JSON.stringify({ refresh_token }))
    }
  }
  await Promise.all(Array.from({ length: plan.connections }, loop))
  return answers.outcome()
})
