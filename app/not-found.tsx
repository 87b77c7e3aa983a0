import { PageForms } from '#components/form/page-forms'
import { FormColumn } from '#components/shell/form-column'
import { SiteHeader } from '#components/shell/site-header'
import { LinkButton } from '#components/ui/link-button'
import { getReturnedForm } from '#lib/http/returned-form'

export default async function NotFound() {
  return (
    <PageForms returned={await getReturnedForm()}>
      <title>Page not found – Taskward</title>
      <SiteHeader />
      <FormColumn heading="Page not found">
        <p className="text-quiet">
          There is no page at this address. It may have moved, or the link may have lost a piece on its way.
        </p>
        <LinkButton href="/" className="mt-6">
          Go to the start page
        </LinkButton>
      </FormColumn>
    </PageForms>
  )
}
