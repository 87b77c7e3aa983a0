import { formatNetwork } from '#lib/throttle/network.ts'
import { MINUTE_MS } from '#lib/time.ts'
import type { FindingView } from '#lib/watch/findings/list-findings.ts'
import type { Confidence } from '#lib/watch/patterns/candidate-finding.ts'
import type { NetworkEvidence } from '#lib/watch/patterns/network-evidence.ts'
import type { Pattern } from '#lib/watch/patterns/thresholds.ts'
import { eventsPath } from '../events/event-query.ts'

type Words = {
  /** The sentence about an account or an address (`who`). */
  text: (who: string) => string
  /** What the finding counts: singular and plural. */
  evidence: [string, string]
  /** The type of the events that are the evidence, if it is one type. */
  kind?: string
  /** Whether the finding is about an address, not about an account. */
  isByAddress?: true
  /** Whether an attacker may be logged in to the account. */
  mayBeCompromised?: true
}

const WORDS: Record<Pattern, Words> = {
  account_failures: {
    text: (who) => `Someone keeps trying passwords for ${who}.`,
    evidence: ['failed log-in', 'failed log-ins'],
    kind: 'login_failed',
  },
  password_spraying: {
    text: (who) => `${who} is trying passwords on one account after another.`,
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
    text: (who) => `Someone logged in to ${who} after many failed attempts.`,
    evidence: ['failed log-in', 'failed log-ins'],
    mayBeCompromised: true,
  },
  refresh_token_reuse: {
    evidence: ['key used twice', 'keys used twice'],
    text: (who) => `A session of ${who} ended because its key was used twice, which can mean it was copied.`,
    kind: 'refresh_token_reused',
    mayBeCompromised: true,
  },
  session_two_networks: {
    text: (who) => `One session of ${who} is used from networks that are far apart.`,
    evidence: ['network', 'networks'],
    mayBeCompromised: true,
  },
  signup_burst: {
    text: () => 'Unusually many accounts are being created.',
    evidence: ['sign-up', 'sign-ups'],
    kind: 'signup',
  },
}

/** A finding in words, the address of its evidence, and the responses that fit. */
export function describeFinding(finding: FindingView) {
  const { pattern, userId, email, networks, subject, firstSeenAt, lastSeenAt, count } = finding
  const network = finding.network && formatNetwork(finding.network)
  const suspect = networks.find(({ isSuspect }) => isSuspect)?.network
  const words = Object.hasOwn(WORDS, pattern) ? WORDS[pattern] : undefined
  const isByAddress = words?.isByAddress ?? false
  const account = email ?? (userId ? 'a deleted account' : subject)
  const from = new Date(Math.floor(firstSeenAt.getTime() / MINUTE_MS) * MINUTE_MS)
  const until = new Date(Math.ceil((lastSeenAt.getTime() + 1) / MINUTE_MS) * MINUTE_MS)
  return {
    text: words
      ? words.text(isByAddress ? (network ?? subject) : account)
      : `${pattern.replaceAll('_', ' ')}: ${account}`,
    evidence: formatCount(count, words?.evidence ?? ['event', 'events']),
    evidencePath: eventsPath({
      kind: words?.kind,
      user: (!isByAddress && userId) || undefined,
      address: (isByAddress && network) || undefined,
      from: toField(from),
      to: toField(until),
    }),
    /** The origin, where `text` does not name it. */
    from: isByAddress ? null : describeNetworks(finding),
    /** Only the suspect: blocking another network may lock out the owner. */
    mayBlock: suspect ? formatNetwork(suspect) : null,
    mayEndSessions: words?.mayBeCompromised && userId && email ? { id: userId, name: email } : null,
  }
}

function describeNetworks({ networks, networkCount }: FindingView): string | null {
  if (networks.length === 0) return null
  const more = networkCount - networks.length
  const list = networks.map(describeNetwork).join(', ')
  const from = `From ${list}${more > 0 ? ` and ${more} more` : ''}.`
  return networks.some(({ isSuspect }) => isSuspect)
    ? from
    : `${from} The attacker’s address cannot be known.`
}

function describeNetwork({ network, count }: NetworkEvidence): string {
  return `${formatNetwork(network)} (${formatCount(count, ['event', 'events'])})`
}

function formatCount(count: number, [one, several]: [string, string]): string {
  return `${count} ${count === 1 ? one : several}`
}

const CONFIDENCE: Record<Confidence, string> = { low: 'Possible', medium: 'Likely', high: 'Almost certain' }

export function describeConfidence(confidence: Confidence): string {
  return CONFIDENCE[confidence]
}

/** The value of a `datetime-local` field, in UTC. */
function toField(at: Date): string {
  return at.toISOString().slice(0, 16)
}
