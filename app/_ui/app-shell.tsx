'use client'

/**
 * The frame of every page outside a class: skip link, header with navigation and account menu, main,
 * footer. It must never hold what belongs to one page.
 */
import { LogOut, UserRound } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import { APPEARANCES, applyAppearance, currentAppearance, parseAppearance } from './appearance.ts'
import { Avatar } from './avatar.tsx'
import { ButtonLink } from './button.tsx'
import { cx } from './cx.ts'
import { useVault } from './data/use-vault.ts'
import { Logo } from './logo.tsx'
import { Menu, MenuItem, MenuRadioGroup, MenuSeparator } from './menu.tsx'
import { signOut } from './vault-gate.tsx'

export interface AppShellProps {
  /** Shows the way to the school's pages. */
  isAdmin?: boolean
  /** A narrow column in the middle, for forms. */
  narrow?: boolean
  children: ReactNode
}

/** Header, main and footer around a page. */
export function AppShell({ isAdmin = false, narrow = false, children }: AppShellProps): ReactNode {
  const t = useTranslations('common')
  const { account, state } = useVault()
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-control bg-ink px-4 py-2 text-surface focus:translate-y-0"
      >
        {t('skipToContent')}
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-surface">
        <div className="mx-auto flex h-16 max-w-6xl items-center gap-2 px-4 sm:gap-6 sm:px-6">
          <Link
            href={account ? '/courses' : '/'}
            aria-label={t('productName')}
            className="flex rounded-lg"
          >
            {/* On a telephone the places matter more than the name. */}
            <Logo className={account ? 'max-[27rem]:[&>span]:sr-only' : ''} />
          </Link>
          {account ? (
            <nav
              aria-label={t('mainNavigation')}
              className="flex min-w-0 flex-1 items-center gap-1 overflow-x-auto"
            >
              <NavLink href="/courses">{t('courses')}</NavLink>
              <NavLink href="/support">{t('support')}</NavLink>
              <NavLink href="/analyze">{t('analyze')}</NavLink>
              {isAdmin ? <NavLink href="/admin">{t('admin')}</NavLink> : null}
            </nav>
          ) : (
            <div className="flex-1" />
          )}
          {account ? <AccountMenu name={account.name} email={account.email} /> : null}
          {state === 'signed-out' ? (
            <ButtonLink href="/sign-in" variant="quiet" size="sm">
              {t('signIn')}
            </ButtonLink>
          ) : null}
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={cx(
          'mx-auto w-full flex-1 px-4 py-10 focus:outline-none sm:px-6 sm:py-14',
          narrow ? 'max-w-xl' : 'max-w-6xl',
        )}
      >
        {children}
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-6xl flex-wrap justify-between gap-x-8 gap-y-2 px-4 py-6 text-sm text-ink-muted sm:px-6">
          <p>{t('productLine')}</p>
          <Link href="/model-card" className="underline-offset-4 hover:text-ink hover:underline">
            {t('modelCard')}
          </Link>
        </div>
      </footer>
    </div>
  )
}

function NavLink({ href, children }: { href: string; children: ReactNode }): ReactNode {
  const path = usePathname()
  const here = path === href || path.startsWith(`${href}/`)
  return (
    <Link
      href={href}
      aria-current={here ? 'page' : undefined}
      className={cx(
        'rounded-lg px-1.5 py-2 text-sm font-medium sm:px-3 sm:text-[0.9375rem] text-ink-muted hover:bg-sunken hover:text-ink',
        here && 'text-ink',
      )}
    >
      {children}
    </Link>
  )
}

function AccountMenu({ name, email }: { name: string; email: string }): ReactNode {
  const t = useTranslations('common')
  const [appearance, setAppearance] = useState<string>('system')
  return (
    <Menu
      onOpenChange={(open) => {
        if (open) setAppearance(currentAppearance(document))
      }}
      trigger={
        <button type="button" aria-label={t('accountMenu')} className="rounded-full">
          <Avatar name={name} size="md" />
        </button>
      }
    >
      <div className="grid px-3 pt-2 pb-1">
        <span className="truncate font-medium">{name}</span>
        <span className="truncate text-sm text-ink-muted">{email}</span>
      </div>
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden="true" />
          {t('account')}
        </Link>
      </MenuItem>
      <MenuSeparator />
      <MenuRadioGroup
        label={t('appearance')}
        value={appearance}
        options={APPEARANCES.map((value) => ({ value, label: t(APPEARANCE_NAMES[value]) }))}
        onValueChange={(value) => {
          setAppearance(value)
          applyAppearance(parseAppearance(value), document)
        }}
      />
      <MenuSeparator />
      <MenuItem
        onSelect={() => {
          void signOut()
        }}
      >
        <LogOut aria-hidden="true" />
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}

const APPEARANCE_NAMES = {
  system: 'appearanceSystem',
  light: 'appearanceLight',
  dark: 'appearanceDark',
} as const
