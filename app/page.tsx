import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { ExampleTaskList } from '#components/tasks/example-task-list.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { getActor } from '#lib/auth/actor.ts'

export const metadata: Metadata = {
  title: 'Taskward: a quiet task list, with an account you can trust',
  description:
    'Write down what you have to do and tick it off. See every device that’s logged in to your account.',
}

const FOR_DEVELOPERS = [
  {
    term: 'HTTP API with bearer tokens',
    text: 'Your programs create, read, update and delete tasks over JSON. One error format, stable ids, paginated lists.',
  },
  {
    term: 'Short-lived tokens',
    text: 'An access token expires after 15 minutes. A refresh token works once; if a used one is presented again later, the session ends.',
  },
  {
    term: 'Sessions you can see',
    text: 'Each log-in is a session with a device, an address and an expiry date. Revoke a session, and its tokens stop working with the next request.',
  },
]

export default async function LandingPage() {
  if (await getActor()) redirect('/tasks')
  return (
    <>
      <SignedOutHeader />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl grow px-4 pb-16 outline-none sm:px-6">
        <section className="grid items-center gap-10 pt-6 sm:pt-14 lg:grid-cols-[5fr_6fr] lg:gap-16">
          <div>
            <h1 className="text-display">A quiet task list, with an account you can trust</h1>
            <div className="mt-4 grid max-w-prose gap-4 text-lead text-quiet">
              <p>
                Write down what you have to do, tick it off, undo what you didn’t mean. It works on your phone
                and your laptop, from the keyboard, and without JavaScript.
              </p>
              <p>
                You can see every device that’s logged in to your account, and log any of them out with one
                click.
              </p>
            </div>
            <div className="mt-7 flex flex-wrap gap-2">
              <LinkButton href="/signup">Create account</LinkButton>
              <LinkButton href="/login" variant="quiet">
                Log in
              </LinkButton>
            </div>
          </div>
          <ExampleTaskList />
        </section>
        <section aria-labelledby="developers" className="mt-20 sm:mt-28">
          <h2 id="developers" className="text-title">
            For developers
          </h2>
          <dl className="mt-5 grid gap-x-10 gap-y-6 sm:grid-cols-3">
            {FOR_DEVELOPERS.map(({ term, text }) => (
              <div key={term}>
                <dt className="font-medium">{term}</dt>
                <dd className="mt-1 text-quiet">{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      </main>
    </>
  )
}
