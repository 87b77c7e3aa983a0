import type { Problem } from '#lib/audit/seal/problem.ts'
import type { TrailReport } from '#lib/audit/seal/verify-seals.ts'

export function describeTrailReport(
  { seals, events, pruned, unsealed, head, isBeforeRotation }: TrailReport,
  wanted?: string,
): string {
  const lines = [
    'The audit trail is sound.',
    `  Unchanged: ${counted(events, 'event')} in ${counted(seals - pruned.seals, 'seal')}.`,
  ]
  if (pruned.seals > 0) {
    lines.push(
      `  Dropped by retention: ${counted(pruned.events, 'event')} in ${counted(pruned.seals, 'seal')}.`,
    )
  }
  if (unsealed.since) {
    lines.push(
      `  Not sealed yet: ${counted(unsealed.events, 'event')}, the first of ${unsealed.since.toISOString()}.`,
    )
  }
  if (head) lines.push(`  Head: ${head} (seal ${seals}).`)
  if (isBeforeRotation) {
    lines.push(
      '  The newest AUDIT_SEAL_SECRET has sealed nothing yet: restart the server, and verify again in two minutes.',
    )
  }
  if (wanted) lines.push('  The given head is part of the chain.')
  else lines.push('  To check that its end was not cut off, pass a head from the log: --head <head>.')
  return lines.join('\n')
}

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
      return `seal ${problem.seal} was changed${anotherSecret(problem)}.`
    case 'seal_removed':
      return `seal ${problem.seal} was removed.`
    case 'pruned_without_right':
      return `the events of seal ${problem.seal} were dropped, but not by retention.`
    case 'head_not_found':
      return `the chain of ${counted(problem.lastSeal, 'seal')} does not contain the given head: its end was cut off.`
  }
}

/** A wrong secret breaks the first seal. A seal that names its secret reveals which one is missing. */
function anotherSecret({ seal, missingSecret }: Extract<Problem, { code: 'seal_changed' }>): string {
  if (seal !== 1 && !missingSecret) return ''
  const lack = missingSecret
    ? `: it lacks the secret ${missingSecret}, which belongs behind the newer ones, after a comma`
    : ''
  return `, or AUDIT_SEAL_SECRET is not the one that it was made with${lack}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
