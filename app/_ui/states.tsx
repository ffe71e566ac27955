/**
 * What a page shows when there is nothing yet, or when it could not be had. Both say what to do next;
 * neither may ever be a bare sentence of regret.
 */
import { CloudOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface StateProps {
  title: string
  children: ReactNode
  icon?: ReactNode
  action?: ReactNode
  className?: string
  /** Level of the heading where the state stands. */
  level?: 1 | 2 | 3
}

function State(props: StateProps & { alert?: boolean }): ReactNode {
  const { title, children, icon, action, className, level = 2, alert } = props
  const Heading = `h${level}` as const
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={cx('grid justify-items-center gap-4 px-6 py-14 text-center', className)}
    >
      {icon ? (
        <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent-ink [&_svg]:size-6">
          {icon}
        </span>
      ) : null}
      <div className="grid max-w-md gap-2">
        <Heading className="text-lg font-semibold tracking-tight">{title}</Heading>
        <div className="leading-relaxed text-ink-muted">{children}</div>
      </div>
      {action ? <div className="flex flex-wrap justify-center gap-3 pt-2">{action}</div> : null}
    </div>
  )
}

/** Nothing here yet, and how to change that. */
export function EmptyState(props: StateProps): ReactNode {
  return (
    <State
      {...props}
      className={cx('rounded-card border border-dashed border-line-strong/50', props.className)}
    />
  )
}

/** Something failed: what, and what to do. Announced at once. */
export function ErrorState(props: Omit<StateProps, 'icon'>): ReactNode {
  return <State {...props} alert icon={<CloudOff aria-hidden="true" />} />
}
