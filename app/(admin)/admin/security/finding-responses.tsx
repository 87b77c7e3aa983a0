import { Confirmation } from '../confirmation.tsx'
import { CONFIRMATION } from '../confirmation-fragment.ts'
import { ResponseButton } from './response-button.tsx'
import { type FindingResponse, type Offer, RESPONSES } from './responses.ts'
import { type SecurityQuery, securityPath } from './security-query.ts'

type FindingResponsesProps = {
  findingId: string
  /** The one that helps most first. */
  offers: Offer[]
  /** The response to ask about. */
  confirm: FindingResponse | null
  /** The part of the page that links keep. */
  part: SecurityQuery
}

export function FindingResponses({ findingId, offers, confirm, part }: FindingResponsesProps) {
  const asked = offers.find(({ response }) => response === confirm)
  const question = asked && confirmationOf(asked.response)
  if (asked && question) {
    return (
      <div className="mt-3">
        <Confirmation
          question={question.question(asked.to)}
          effect={question.effect}
          back={securityPath(part)}
          button={<ResponseButton {...asked} variant="danger" />}
        />
      </div>
    )
  }
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {offers.map((offer, index) => (
        <ResponseButton
          key={offer.response}
          {...offer}
          variant={index === 0 ? 'primary' : 'quiet'}
          {...(confirmationOf(offer.response) && {
            ask: securityPath({ ...part, confirm: offer.response, finding: findingId }) + CONFIRMATION,
          })}
        />
      ))}
    </div>
  )
}

function confirmationOf(response: FindingResponse) {
  const words = RESPONSES[response]
  return 'confirm' in words ? words.confirm : null
}
