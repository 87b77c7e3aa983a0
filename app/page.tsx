import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ExampleDevices } from '#components/shell/example-devices.tsx'
import { SignedOutHeader } from '#components/shell/signed-out-header.tsx'
import { ExampleTaskList } from '#components/tasks/example-task-list.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { getActor } from '#lib/auth/actor.ts'

export const metadata: Metadata = {
  title: 'Taskward: a quiet task list, with an account you can trust',
  description:
    'Write down what you have to do and tick it off. See every device that’s logged in to your account.',
}

export default async function LandingPage() {
  if (await getActor()) redirect('/tasks')
  return (
    <>
      <SignedOutHeader>
        <nav aria-label="Account" className="-mr-4 ml-auto">
          <LinkButton href="/login" variant="plain">
            Log in
          </LinkButton>
        </nav>
      </SignedOutHeader>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-5xl grow px-4 pb-16 outline-none sm:px-6">
        <section className="grid items-center gap-10 pt-6 sm:pt-14 lg:grid-cols-[5fr_6fr] lg:gap-16">
          <div>
            <h1 className="text-display">A quiet task list, with an account you can trust</h1>
            <div className="mt-4 grid max-w-prose gap-4 text-lead text-quiet">
              <p>
                Write down what you have to do and when. Today shows what is due, every change can be undone,
                and it works on your phone and your laptop, from the keyboard, and without JavaScript.
              </p>
              <p>
                You can see every device that’s logged in to your account, and log any of them out with one
                click.
              </p>
            </div>
            <div className="mt-7">
              <LinkButton href="/signup">Create account</LinkButton>
            </div>
          </div>
          <div aria-hidden="true" inert className="grid gap-4">
            <ExampleTaskList />
            <ExampleDevices />
          </div>
        </section>
      </main>
    </>
  )
}
