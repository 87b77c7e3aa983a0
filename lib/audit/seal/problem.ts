/**
 * What verification can find. Of an event, by its id: its content or its place is not what was recorded and sealed
 * (`changed`), it was deleted (`removed`), or it was never recorded by the application (`inserted`). Of a seal, by its
 * number: it is not what was written (or was made with `missingSecret`, which the ring lacks), it is gone, its events were dropped by somebody else than retention. Or the chain
 * does not contain a head that was logged: its tail was cut off.
 */
export type Problem =
  | { code: 'changed' | 'removed' | 'inserted'; eventId: string }
  | { code: 'seal_removed' | 'pruned_without_right'; seal: number }
  | { code: 'seal_changed'; seal: number; missingSecret?: string }
  | { code: 'head_not_found'; lastSeal: number }
