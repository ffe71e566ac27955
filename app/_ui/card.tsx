/**
 * Surfaces that hold one thing each: a card, a titled section of a page, an aside that informs or
 * warns. They must never nest in each other.
 */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

/** A raised surface. */
export function Card({ className, ...rest }: ComponentProps<'div'>): ReactNode {
  return (
    <div
      className={cx('rounded-card border border-line bg-raised p-6 shadow-resting', className)}
      {...rest}
    />
  )
}

export interface SectionProps {
  title: string
  description?: ReactNode
  /** Buttons at the right of the title. */
  actions?: ReactNode
  id?: string
  className?: string
  children: ReactNode
}

/** A part of a page with a heading that names the region, on a card of its own. */
export function Section(props: SectionProps): ReactNode {
  const { title, description, actions, id, className, children } = props
  const headingId = `${id ?? title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-heading`
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className={cx(
        'grid scroll-mt-24 grid-cols-1 rounded-card border border-line bg-raised p-5 shadow-resting sm:p-7',
        description || actions ? 'gap-6' : 'gap-4',
        className,
      )}
    >
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid max-w-prose gap-1.5">
          <h2 id={headingId} className="text-lg font-semibold tracking-tight">
            {title}
          </h2>
          {description ? (
            <div className="text-[0.9375rem] text-ink-muted">{description}</div>
          ) : null}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}

const tones = {
  info: { look: 'bg-accent-soft/70 text-ink', icon: Info, iconLook: 'text-accent-ink' },
  warning: { look: 'bg-warning-soft text-ink', icon: TriangleAlert, iconLook: 'text-warning-ink' },
  danger: { look: 'bg-danger-soft text-ink', icon: CircleAlert, iconLook: 'text-danger-ink' },
  success: { look: 'bg-success-soft text-ink', icon: CircleCheck, iconLook: 'text-success-ink' },
} as const

export interface NoticeProps {
  tone?: keyof typeof tones
  title?: string
  /** Set for what went wrong just now: it is then announced at once. */
  alert?: boolean
  /** What to do about it. */
  actions?: ReactNode
  className?: string
  children: ReactNode
}

/** An aside that informs or warns. */
export function Notice(props: NoticeProps): ReactNode {
  const { tone = 'info', title, alert, actions, className, children } = props
  const { look, icon: Icon, iconLook } = tones[tone]
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={cx('flex items-start gap-3 rounded-control p-4 text-[0.9375rem]', look, className)}
    >
      <Icon aria-hidden="true" className={cx('mt-0.5 size-5 shrink-0', iconLook)} />
      <div className="grid min-w-0 gap-1.5">
        {title ? <p className="font-medium">{title}</p> : null}
        <div className="leading-relaxed">{children}</div>
        {actions ? <div className="flex flex-wrap gap-3 pt-1.5">{actions}</div> : null}
      </div>
    </div>
  )
}
