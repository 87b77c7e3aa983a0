/**
 * A problem that verification found. Of an event: its content or position differs from what was sealed (`changed`), it
 * was deleted (`removed`), or the application did not record it (`inserted`). Of a seal: it differs from what was
 * written, or its secret is not in the ring (`missingSecret`); it is gone; or its events were deleted by something other
 * than retention. `head_not_found`: the chain does not contain a logged head, so its tail was cut off.
 */
export type Problem =
  | { code: 'changed' | 'removed' | 'inserted'; eventId: string }
  | { code: 'seal_removed' | 'pruned_without_right'; seal: number }
  | { code: 'seal_changed'; seal: number; missingSecret?: string }
  | { code: 'head_not_found'; lastSeal: number }
