/** A position in the order of sealing. Ranges include their start and exclude their end. */
export type Position = { era: number; xid: string; id: string }

export const LEAST_ID = '00000000-0000-0000-0000-000000000000'
export const FIRST: Position = { era: 0, xid: '0', id: LEAST_ID }

export function isBefore(a: Position, b: Position): boolean {
  if (a.era !== b.era) return a.era < b.era
  const [xid, other] = [BigInt(a.xid), BigInt(b.xid)]
  return xid === other ? a.id < b.id : xid < other
}
