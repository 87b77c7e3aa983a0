// The load of a whole benchmark: autocannon, in a process of its own.

import autocannon from 'autocannon'
import type { Outcome, Plan, PlannedRequest } from './plan.ts'
import { recordAnswers } from './record-answers.ts'
import { servePlans } from './serve-plans.ts'
import { takeTurns } from './take-turns.ts'

/** Of one request: longer than an overloaded server makes a client wait. */
const TIMEOUT_SECONDS = 120

servePlans(
  (plan: Plan) =>
    new Promise<Outcome>((resolve, reject) => {
      const answers = recordAnswers()
      const instance = autocannon(
        {
          url: plan.origin,
          connections: plan.connections,
          timeout: TIMEOUT_SECONDS,
          ...(plan.amount ? { amount: plan.amount } : { duration: plan.seconds }),
          requests: toRequests(plan),
        },
        (error) => (error ? reject(error) : resolve(answers.outcome())),
      )
      instance.on('response', (_client, status, _bytes, milliseconds) => answers.add(status, milliseconds))
    }),
)

/** One request that never changes is built once, which costs the least here. */
function toRequests(plan: Plan): autocannon.Request[] {
  const [only] = plan.requests
  if (only && plan.requests.length === 1) return [toRequest(only)]
  const turns = takeTurns(plan)
  return [
    {
      setupRequest(request, context) {
        const planned = turns.next()
        Object.assign(context, { planned })
        return { ...request, ...toRequest(planned) }
      },
      onResponse(_status, body, context) {
        turns.finish((context as { planned: PlannedRequest }).planned, body)
      },
    },
  ]
}

function toRequest({ method, path, headers, body }: PlannedRequest): autocannon.Request {
  if (!body) return { method, path, headers }
  return {
    method,
    path,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}
