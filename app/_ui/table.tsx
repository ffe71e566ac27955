/**
 * Tables of data: a name for screen readers, quiet lines, sideways scrolling inside their own frame
 * on a narrow screen. They must never be used for layout.
 */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

export interface Sorting {
  by: string
  order: 'asc' | 'desc'
}

export interface TableProps {
  caption: string
  columns: readonly {
    key: string
    label: string
    numeric?: boolean
    hidden?: boolean
    /** Its heading is a button that sorts. */
    sortable?: boolean
  }[]
  sorting?: Sorting
  onSort?: (sorting: Sorting) => void
  children: ReactNode
  className?: string
}

/** A table; its rows are `Row` with `Cell`. */
export function Table(props: TableProps): ReactNode {
  const { caption, columns, sorting, onSort, children, className } = props
  // Placed, so that hidden words in it scroll with it instead of widening the page.
  return (
    <div
      role="group"
      aria-label={caption}
      tabIndex={0}
      className={cx('relative overflow-x-auto rounded-control', className)}
    >
      <table aria-label={caption} className="w-full border-collapse text-left text-[0.9375rem]">
        <thead>
          <tr className="border-b border-line text-sm text-ink-muted">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={column.key === sorting?.by ? ARIA_SORT[sorting.order] : undefined}
                className={cx(
                  'px-2 py-2.5 font-medium first:pl-0 last:pr-0 sm:px-3',
                  column.numeric && 'text-right',
                )}
              >
                {column.hidden ? <span className="sr-only">{column.label}</span> : null}
                {!column.hidden && column.sortable && onSort ? (
                  <SortButton column={column} sorting={sorting} onSort={onSort} />
                ) : null}
                {column.hidden || (column.sortable && onSort) ? null : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const

function SortButton(props: {
  column: { key: string; label: string }
  sorting: Sorting | undefined
  onSort: (sorting: Sorting) => void
}): ReactNode {
  const { column, sorting, onSort } = props
  const here = sorting?.by === column.key
  const descending = here && sorting.order === 'desc'
  const Icon = descending ? ArrowDown : ArrowUp
  return (
    <button
      type="button"
      className="-mx-1 inline-flex items-center gap-1 rounded px-1 font-medium hover:text-ink"
      onClick={() => {
        onSort({ by: column.key, order: here && !descending ? 'desc' : 'asc' })
      }}
    >
      {column.label}
      <Icon aria-hidden="true" className={cx('size-3.5', here ? 'text-accent' : 'opacity-0')} />
    </button>
  )
}

/** A row of a table. */
export function Row({ className, ...rest }: ComponentProps<'tr'>): ReactNode {
  return <tr className={cx('border-b border-line/70 last:border-0', className)} {...rest} />
}

/** A cell of a row. */
export function Cell({
  numeric,
  className,
  ...rest
}: ComponentProps<'td'> & { numeric?: boolean }): ReactNode {
  return (
    <td
      className={cx(
        'px-2 py-3 align-middle first:pl-0 last:pr-0 sm:px-3',
        numeric && 'text-right whitespace-nowrap tabular-nums',
        className,
      )}
      {...rest}
    />
  )
}
