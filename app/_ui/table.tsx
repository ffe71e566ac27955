/**
 * Tables of data: a name for screen readers, quiet lines, sideways scrolling inside their own frame
 * on a narrow screen. They must never be used for layout.
 */
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

export interface TableProps {
  caption: string
  columns: readonly { key: string; label: string; numeric?: boolean; hidden?: boolean }[]
  children: ReactNode
  className?: string
}

/** A table; its rows are `Row` with `Cell`. */
export function Table({ caption, columns, children, className }: TableProps): ReactNode {
  return (
    <div
      role="group"
      aria-label={caption}
      tabIndex={0}
      className={cx('overflow-x-auto rounded-control', className)}
    >
      <table aria-label={caption} className="w-full border-collapse text-left text-[0.9375rem]">
        <thead>
          <tr className="border-b border-line text-sm text-ink-muted">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx(
                  'px-3 py-2.5 font-medium first:pl-0 last:pr-0',
                  column.numeric && 'text-right',
                )}
              >
                {column.hidden ? <span className="sr-only">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
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
        'px-3 py-3 align-middle first:pl-0 last:pr-0',
        numeric && 'text-right tabular-nums',
        className,
      )}
      {...rest}
    />
  )
}
