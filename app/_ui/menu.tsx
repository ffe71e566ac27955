'use client'

/**
 * A menu that opens from a button. Arrow keys move in it and Escape closes it. It must never be the
 * only way to something that a class in progress needs at once.
 */
import { Check } from 'lucide-react'
import * as Radix from 'radix-ui/dropdown-menu'
import { createContext, use, useRef, type ComponentProps, type ReactNode } from 'react'
import { cx } from './cx.ts'

export interface MenuProps {
  /** The one button that opens it. */
  trigger: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  onOpenChange?: (open: boolean) => void
  /** Open from the beginning: its trigger was pressed before it was there. */
  defaultOpen?: boolean
  children: ReactNode
}

/** Takes what the chosen entry opens, for when the menu has closed. */
const OpenLater = createContext<(open: () => void) => void>((open) => {
  open()
})

/** A menu; its entries are `MenuItem`, `MenuRadioGroup`, `MenuLabel`, `MenuSeparator`. */
export function Menu(props: MenuProps): ReactNode {
  const {
    trigger,
    align = 'end',
    side = 'bottom',
    defaultOpen = false,
    onOpenChange,
    children,
  } = props
  const opening = useRef<(() => void) | null>(null)
  return (
    <Radix.Root modal={false} defaultOpen={defaultOpen} {...(onOpenChange ? { onOpenChange } : {})}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={8}
          collisionPadding={12}
          onCloseAutoFocus={() => {
            opening.current?.()
            opening.current = null
          }}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 min-w-56 animate-rise overflow-y-auto rounded-card border border-line bg-raised p-2 shadow-over"
        >
          <OpenLater
            value={(open) => {
              opening.current = open
            }}
          >
            {children}
          </OpenLater>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const itemStyle = cx(
  'relative flex min-h-10 items-center gap-3 rounded-lg px-3 py-2 text-[0.9375rem] outline-none select-none',
  'data-highlighted:bg-sunken data-disabled:opacity-50 [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-ink-muted',
)

/** One action of a menu; with `asChild` its child (a link) is the entry. */
export function MenuItem({ className, ...rest }: ComponentProps<typeof Radix.Item>): ReactNode {
  return <Radix.Item className={cx(itemStyle, className)} {...rest} />
}

/**
 * An entry that opens a dialog. It does so only as the menu gives the focus back to its button: a dialog gives it back
 * to what had it, and the entry is gone by then.
 */
export function MenuOpener(props: { open: () => void; children: ReactNode }): ReactNode {
  const { open, children } = props
  const openLater = use(OpenLater)
  return (
    <MenuItem
      aria-haspopup="dialog"
      onSelect={() => {
        openLater(open)
      }}
    >
      {children}
    </MenuItem>
  )
}

export interface MenuRadioGroupProps {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onValueChange: (value: string) => void
}

/** A choice of one among the entries of a menu, under a label. */
export function MenuRadioGroup(props: MenuRadioGroupProps): ReactNode {
  return (
    <Radix.RadioGroup
      aria-label={props.label}
      value={props.value}
      onValueChange={props.onValueChange}
    >
      <MenuLabel>{props.label}</MenuLabel>
      {props.options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={cx(itemStyle, 'pl-10')}>
          <Radix.ItemIndicator className="absolute left-3">
            <Check aria-hidden="true" />
          </Radix.ItemIndicator>
          <span className="truncate">{option.label}</span>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

/** Words over a part of a menu. */
export function MenuLabel({ children }: { children: ReactNode }): ReactNode {
  return (
    <Radix.Label className="px-3 pt-2 pb-1 text-xs font-medium text-ink-muted">
      {children}
    </Radix.Label>
  )
}

/** A line between parts of a menu. */
export function MenuSeparator(): ReactNode {
  return <Radix.Separator className="mx-1 my-2 h-px bg-line" />
}
