import type { Problem } from '#lib/audit/seal/problem'
import type { Soundness } from '#lib/audit/seal/verify-seals'

/** What verification found to be sound, for people. */
export function describeSoundness(
  { seals, events, pruned, unsealed, head }: Soundness,
  wanted?: string,
): string {
  const lines = [
    'The audit trail is sound.',
    `  ${events} events are what they were, in ${seals - pruned.seals} seals.`,
  ]
  if (pruned.seals > 0) {
    lines.push(`  ${pruned.events} events in ${pruned.seals} seals were dropped by retention.`)
  }
  if (unsealed.since) {
    lines.push(
      `  ${unsealed.events} events are not sealed yet; the first is of ${unsealed.since.toISOString()}.`,
    )
  }
  if (head) lines.push(`  Head: ${head} (seal ${seals}).`)
  if (wanted) lines.push('  The given head is part of the chain.')
  else lines.push('  Whether its end was cut off, only a head from the log can tell: --head <head>.')
  return lines.join('\n')
}

/** The first thing that is wrong, for people. */
export function describeProblem(problem: Problem): string {
  return `The audit trail was TAMPERED WITH: ${sentenceOf(problem)}`
}

function sentenceOf(problem: Problem): string {
  switch (problem.code) {
    case 'changed':
      return `event ${problem.eventId} was changed.`
    case 'removed':
      return `event ${problem.eventId} was removed.`
    case 'inserted':
      return `event ${problem.eventId} was inserted.`
    case 'seal_changed':
      return `seal ${problem.seal} was changed${problem.seal === 1 ? ', or AUDIT_SEAL_SECRET is not the one that it was made with' : ''}.`
    case 'seal_removed':
      return `seal ${problem.seal} was removed.`
    case 'pruned_without_right':
      return `the events of seal ${problem.seal} were dropped, but not by retention.`
    case 'head_not_found':
      return `the chain of ${problem.lastSeal} seals does not contain the given head: its end was cut off.`
  }
}
