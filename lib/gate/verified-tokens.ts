import { type EdgeEnv, edgeEnv } from '#lib/env/edge.ts'
import { keepNewest } from '#lib/keep-newest.ts'
import type { AccessClaims } from './verify-access-token.ts'

/** About 2 MB. */
const MAX_TOKENS = 2_000

let kept: { env: EdgeEnv; claims: Map<string, AccessClaims> } | undefined

/**
 * The claims of a token that this process has verified before, letter for letter the same. The full check decides again
 * in the seconds around the token's start and end, where clocks may differ.
 */
export function getVerifiedClaims(token: string, now: Date): AccessClaims | null {
  const claims = verifiedTokens().get(token)
  if (!claims) return null
  const millisecondsLeft = claims.expiresAt.getTime() - now.getTime()
  return millisecondsLeft > 0 && millisecondsLeft <= claims.lifetimeSeconds * 1000 ? claims : null
}

/** Only for a token whose signature and claims are valid: what an attacker makes up takes no place. */
export function keepVerifiedClaims(token: string, claims: AccessClaims): void {
  keepNewest(verifiedTokens(), copyOf(token), { value: Object.freeze(claims), max: MAX_TOKENS })
}

/** Forgotten with the secrets and the settings that the tokens were verified by. */
function verifiedTokens(): Map<string, AccessClaims> {
  const env = edgeEnv()
  if (kept?.env !== env) kept = { env, claims: new Map() }
  return kept.claims
}

/** A part of a text keeps the whole text in memory: here all cookies of a request. */
function copyOf(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text))
}
