import { ButtonForm } from '#components/form/button-form.tsx'
import type { ImportPreview } from '#lib/tasks/import/preview-import.ts'
import { discardAction, importAction } from './actions.ts'
import { countOf, describePreview, describeTask } from './describe-preview.ts'

type PreviewProps = { id: string; preview: ImportPreview; today: string }

/** What the file would do, before it is done. */
export function Preview({ id, preview, today }: PreviewProps) {
  const { tasks, first, problems, problemCount } = preview
  return (
    <section aria-labelledby="preview" className="mb-10 grid gap-4">
      <h2 id="preview" tabIndex={-1} className="text-lead outline-none">
        Preview
      </h2>
      <p>{describePreview(preview)}</p>
      {problemCount > 0 && (
        <div>
          <p>
            {problemCount === 1 ? '1 row can’t be read' : `${countOf(problemCount, 'row')} can’t be read`} and
            will be left out:
          </p>
          <ul className="wrap-anywhere mt-2 list-disc pl-5 text-quiet">
            {problems.map(({ row, column, issue }) => (
              <li key={`${row} ${column}`}>
                Line {row}, {column}: {issue}.
              </li>
            ))}
            {problemCount > problems.length && (
              <li>and {countOf(problemCount - problems.length, 'more row')}.</li>
            )}
          </ul>
        </div>
      )}
      {tasks > 0 && (
        <ol aria-label="First tasks" className="wrap-anywhere grid gap-2">
          {first.map((task, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two tasks may have the same title, and the list never changes.
            <li key={index}>
              {task.title}
              <span className="block text-quiet text-small">{describeTask(task, today)}</span>
            </li>
          ))}
        </ol>
      )}
      {tasks > first.length && (
        <p className="text-quiet">and {countOf(tasks - first.length, 'more task')}.</p>
      )}
      <div className="flex flex-wrap gap-3">
        {tasks > 0 && (
          <ButtonForm
            action={importAction}
            name="import"
            fields={{ upload: id }}
            variant="primary"
            pendingText="Importing…"
          >
            Import {countOf(tasks, 'task')}
          </ButtonForm>
        )}
        <ButtonForm action={discardAction} name="discard" fields={{ upload: id }}>
          Discard
        </ButtonForm>
      </div>
    </section>
  )
}
