/**
 * The top of a page: where it belongs, its one `h1`, what it is for, its main actions. A page must
 * never have two.
 */
import { ChevronLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export interface PageHeaderProps {
  title: ReactNode
  description?: ReactNode
  /** The page above this one. */
  back?: { href: string; label: string }
  actions?: ReactNode
}

/** Title, description and actions of a page. */
export function PageHeader({ title, description, back, actions }: PageHeaderProps): ReactNode {
  return (
    <div className="grid gap-4 pb-8">
      {back ? (
        <Link
          href={back.href}
          className="-ml-1 inline-flex items-center gap-1 justify-self-start rounded-lg pr-2 text-sm text-ink-muted hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
          {back.label}
        </Link>
      ) : null}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="grid max-w-2xl min-w-0 gap-2">
          <h1 className="text-3xl font-semibold tracking-tight break-words sm:text-4xl">{title}</h1>
          {description ? (
            <div className="text-lg leading-relaxed text-ink-muted">{description}</div>
          ) : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-3">{actions}</div> : null}
      </div>
    </div>
  )
}
