import type { Client } from '#lib/actor.ts'
import type { DetailShapes, DetailsFrom } from './catalogue/definition.ts'
import type { CATALOGUE, EventType } from './catalogue.ts'

/** What `record` takes. Its reason and its details are those that the catalogue lists for its type. */
export type NewEvent = Subject & TypedOutcome

export type Subject = {
  client: Client
  userId?: string
  sessionId?: string
  /** What was typed, only where no account has this address: an account is named by its id. */
  email?: string
}

export type TypedOutcome = { [Type in EventType]: { type: Type } & Outcome<Type> }[EventType]

/** How an event of a type can end. A `failureReason` makes it a failure. */
export type Outcome<Type extends EventType> = Succeeded<Catalogue[Type]> | Failed<Catalogue[Type]>

export type Reason<Type extends EventType> = Catalogue[Type] extends { failure: { reasons: infer Reasons } }
  ? keyof Reasons
  : never

/** The details of a type's success. */
export type Details<Type extends EventType> = Catalogue[Type] extends { success: { details: infer Shapes } }
  ? DetailsFrom<Shapes>
  : never

type Catalogue = typeof CATALOGUE

type Succeeded<Definition> = Definition extends { success: infer Success }
  ? { failureReason?: undefined } & DetailsOf<Success>
  : never

/** One member for the reasons that share the type's details, and one for each that has its own. */
type Failed<Definition> = Definition extends { failure: infer Failure extends { reasons: object } }
  ?
      | FailedWith<Sharing<Failure['reasons']>, Failure>
      | {
          [Reason in keyof Failure['reasons']]: Failure['reasons'][Reason] extends WithDetails
            ? FailedWith<Reason, Failure['reasons'][Reason]>
            : never
        }[keyof Failure['reasons']]
  : never

type FailedWith<Reason, Source> = [Reason] extends [never]
  ? never
  : { failureReason: Reason } & DetailsOf<Source>

type Sharing<Reasons> = {
  [Reason in keyof Reasons]: Reasons[Reason] extends WithDetails ? never : Reason
}[keyof Reasons]

type WithDetails = { details: DetailShapes }

type DetailsOf<Source> = Source extends { details: infer Shapes }
  ? { details: DetailsFrom<Shapes> }
  : { details?: undefined }
