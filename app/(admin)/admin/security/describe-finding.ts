import { MINUTE_MS } from '#lib/time.ts'
import type { FindingView } from '#lib/watch/findings/list-findings.ts'
import type { Confidence } from '#lib/watch/patterns/candidate-finding.ts'
import type { NetworkEvidence } from '#lib/watch/patterns/network-evidence.ts'
import type { Pattern } from '#lib/watch/patterns/thresholds.ts'
import { eventsPath } from '../events/event-query.ts'

type Words = {
  /** What is going on, of whom or what (`who`). */
  text: (who: string) => string
  /** What was counted, as one and as several. */
  evidence: [string, string]
  /** The type of event that is the evidence; none where it is of several. */
  kind?: string
  /** Whether those who did it came from the address that the finding names. */
  isByAddress?: true
  /** Whether somebody else may be in the account. */
  isInside?: true
}

const WORDS: Record<Pattern, Words> = {
  account_failures: {
    text: (who) => `Somebody keeps trying passwords for ${who}.`,
    evidence: ['failed log-in', 'failed log-ins'],
    kind: 'login_failed',
  },
  password_spraying: {
    text: (who) => `${who} tries passwords on one account after the other.`,
    evidence: ['account', 'accounts'],
    kind: 'login_failed',
    isByAddress: true,
  },
  address_failures: {
    text: (who) => `Nearly every log-in from ${who} fails.`,
    evidence: ['failed log-in', 'failed log-ins'],
    kind: 'login_failed',
    isByAddress: true,
  },
  login_after_failures: {
    text: (who) => `After many failed attempts, a log-in to ${who} succeeded.`,
    evidence: ['failed log-in', 'failed log-ins'],
    isInside: true,
  },
  refresh_token_reuse: {
    evidence: ['key used twice', 'keys used twice'],
    text: (who) =>
      `A session of ${who} was ended because its key was used twice, which can mean it was copied.`,
    kind: 'refresh_token_reused',
    isInside: true,
  },
  session_two_networks: {
    text: (who) => `One session of ${who} is used from networks that are far apart.`,
    evidence: ['network', 'networks'],
    isInside: true,
  },
  signup_burst: {
    text: () => 'Unusually many accounts are being made.',
    evidence: ['sign-up', 'sign-ups'],
    kind: 'signup',
  },
}

/** A finding for people: what and who, where its evidence is, and which answers fit. */
export function describeFinding(finding: FindingView) {
  const { pattern, userId, email, network, networks, subject, firstSeenAt, lastSeenAt, count } = finding
  const words = Object.hasOwn(WORDS, pattern) ? WORDS[pattern] : undefined
  const isByAddress = words?.isByAddress ?? false
  const account = email ?? (userId ? 'a deleted account' : subject)
  const from = new Date(Math.floor(firstSeenAt.getTime() / MINUTE_MS) * MINUTE_MS)
  const until = new Date(Math.ceil((lastSeenAt.getTime() + 1) / MINUTE_MS) * MINUTE_MS)
  return {
    text: words
      ? words.text(isByAddress ? (network ?? subject) : account)
      : `${pattern.replaceAll('_', ' ')}: ${account}`,
    evidence: sayCount(count, words?.evidence ?? ['event', 'events']),
    evidencePath: eventsPath({
      kind: words?.kind,
      user: (!isByAddress && userId) || undefined,
      address: (isByAddress && network) || undefined,
      from: toField(from),
      to: toField(until),
    }),
    /** Where it came from, if the text does not say so. */
    from: isByAddress ? null : sayNetworks(finding),
    /** The suspect: a block of any other network may shut out the owner. */
    mayBlock: networks.find(({ isSuspect }) => isSuspect)?.network ?? null,
    mayEndSessions: words?.isInside ? userId : null,
  }
}

function sayNetworks({ networks, networkCount }: FindingView): string | null {
  if (networks.length === 0) return null
  const more = networkCount - networks.length
  const list = networks.map(sayNetwork).join(', ')
  const from = `From ${list}${more > 0 ? ` and ${more} more` : ''}.`
  return networks.some(({ isSuspect }) => isSuspect)
    ? from
    : `${from} Which address is the attacker’s cannot be known.`
}

function sayNetwork({ network, count }: NetworkEvidence): string {
  return `${network} (${sayCount(count, ['event', 'events'])})`
}

function sayCount(count: number, [one, several]: [string, string]): string {
  return `${count} ${count === 1 ? one : several}`
}

const SURE: Record<Confidence, string> = { low: 'Possible', medium: 'Likely', high: 'Almost certain' }

/** How sure a finding is, as it begins a line. */
export function describeConfidence(confidence: Confidence): string {
  return SURE[confidence]
}

/** As a `datetime-local` field has it, in UTC. */
function toField(at: Date): string {
  return at.toISOString().slice(0, 16)
}
