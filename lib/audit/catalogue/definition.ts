/** Groups of the activity filter. `routine`: what browsers do by themselves. `failed-log-in` is in no group. */
export type EventKind = 'log-ins' | 'failed-log-in' | 'sessions' | 'password' | 'routine' | 'other'

/** One type of event. A type that has no `success`, or no `failure`, is never recorded with that outcome. */
export type EventDefinition = {
  kind: EventKind
  /** Whether the account's owner may answer "This wasn't me". A reason may narrow it. */
  mayDisown: boolean
  success?: Wording
  failure?: { sentence: string; details?: DetailShapes; reasons: Record<string, Wording> }
}

/** A sentence, with what differs from the entry around it. Without "you": administrators read it, too. */
export type Wording = string | { sentence: string; mayDisown?: false; details?: DetailShapes }

/** Details by name; a name that ends in `?` is optional. Never a password, a token or its hash. */
export type DetailShapes = Readonly<Record<string, DetailShape>>

/** A type, a list of the values, or the values with sentences that replace the one around them. */
type DetailShape = 'string' | 'number' | 'boolean' | readonly string[] | Record<string, Wording>

export type DetailsFrom<Shapes> = {
  [Name in keyof Shapes as Name extends `${string}?` ? never : Name]: ValueOf<Shapes[Name]>
} & {
  [Name in keyof Shapes as Name extends `${infer Optional}?` ? Optional : never]?: ValueOf<Shapes[Name]>
}

type ValueOf<Shape> = Shape extends keyof Primitives
  ? Primitives[Shape]
  : Shape extends readonly (infer Value)[]
    ? Value
    : keyof Shape

type Primitives = { string: string; number: number; boolean: boolean }
