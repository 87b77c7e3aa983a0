export type FieldIssue = { field: string; issue: string }

/** Why a request is refused, as data: the code decides text and status, the rest is what the caller can act on. */
export type Failure<Code extends string> = {
  code: Code
  details?: readonly FieldIssue[]
  /** Whole seconds until it is worth another try. */
  retryAfterSeconds?: number
  /** What fields of a form hold when it comes back, in place of what was sent. */
  fields?: Record<string, string>
}

/** What a failure code means: over HTTP, to the developer of a client program, and to a person in front of a form. */
export type FailureMeaning = { status: number; message: string; text: string }
