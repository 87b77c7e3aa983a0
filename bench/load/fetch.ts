// The load of --quick, with what Node has: a smoke test needs no packages of the benchmark's own.

import type { Plan } from './plan.ts'
import { recordAnswers } from './record-answers.ts'
import { send } from './send.ts'
import { servePlans } from './serve-plans.ts'
import { takeTurns } from './take-turns.ts'

servePlans(async (plan: Plan) => {
  const turns = takeTurns(plan)
  const answers = recordAnswers()
  const deadline = performance.now() + plan.seconds * 1000
  let left = plan.amount ?? Number.POSITIVE_INFINITY
  const connection = async () => {
    while (left-- > 0 && (plan.amount || performance.now() < deadline)) {
      const request = turns.next()
      const startedAt = performance.now()
      const { status, text } = await send(plan.origin, request)
      answers.add(status, performance.now() - startedAt)
      turns.finish(request, text)
    }
  }
  await Promise.all(Array.from({ length: plan.connections }, connection))
  return answers.outcome()
})
