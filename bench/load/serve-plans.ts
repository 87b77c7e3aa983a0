import type { Outcome, Plan } from './plan.ts'

/** Carries out the plans that the parent process sends, one after the other, and ends with it. */
export function servePlans(carryOut: (plan: Plan) => Promise<Outcome>): void {
  process.on('message', async (plan: Plan) => process.send?.(await carryOut(plan)))
  process.on('disconnect', () => process.exit())
}
