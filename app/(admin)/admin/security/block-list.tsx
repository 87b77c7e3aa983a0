import { PaginationLinks } from '#components/ui/pagination-links.tsx'
import { Cell, CellLink, ResponsiveTable, Row } from '#components/ui/responsive-table.tsx'
import type { BlockView } from '#lib/operator/list-blocks.ts'
import { formatNetwork } from '#lib/throttle/network.ts'
import { eventsPath } from '../events/event-query.ts'
import { UtcTime } from '../utc-time.tsx'
import { ResponseButton } from './response-button.tsx'
import { securityPath } from './security-query.ts'

type BlockListProps = { blocks: BlockView[]; nextCursor: string | null; isFirstPage: boolean }

/** The addresses that are blocked now. */
export function BlockList({ blocks, nextCursor, isFirstPage }: BlockListProps) {
  const shown = blocks.map((block) => ({ ...block, network: formatNetwork(block.network) }))
  return (
    <section className="mt-12">
      <h2 className="mb-3 text-lead">Blocked addresses</h2>
      {blocks.length === 0 && <p className="text-quiet">{isFirstPage ? 'None.' : 'No more.'}</p>}
      {blocks.length > 0 && (
        <ResponsiveTable
          caption="Blocked addresses"
          columns={['Address', 'Since (UTC)', 'Until (UTC)', 'Action']}
        >
          {shown.map(({ network, createdAt, blockedUntil }) => (
            <Row key={network}>
              <Cell className="md:leading-11">
                <CellLink href={eventsPath({ address: network })}>{network}</CellLink>
              </Cell>
              <Cell className="text-quiet md:leading-11">
                <span className="md:hidden">Since </span>
                <UtcTime at={createdAt} />
              </Cell>
              <Cell className="text-quiet md:leading-11">
                <span className="md:hidden">Until </span>
                <UtcTime at={blockedUntil} />
              </Cell>
              <Cell className="max-md:pt-2">
                <ResponseButton response="unblock" target={network} to={network} />
              </Cell>
            </Row>
          ))}
        </ResponsiveTable>
      )}
      <PaginationLinks
        name="Pages of blocked addresses"
        newest={isFirstPage ? null : securityPath({})}
        newestText="First"
        older={nextCursor && securityPath({ blocks: nextCursor })}
        olderText="More"
      />
    </section>
  )
}
