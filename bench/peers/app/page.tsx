/** What a page costs at least: rendered for each request, as a page with a nonce is. */
export const dynamic = 'force-dynamic'

export default function Page() {
  return <h1>Empty</h1>
}
