'use client'

/**
 * The keyboard of the room: a button and a sheet that say every key, and a switch that turns them off.
 */
import { Keyboard, Mic } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useState, type ReactNode } from 'react'
import * as z from 'zod'
import type { LocalMedia } from '../../_call/index.ts'
import { IconButton } from '../../_ui/button.tsx'
import { Switch } from '../../_ui/switch.tsx'
import { Dialog } from '../../_ui/dialog.tsx'
import { recall, remember } from '../_state/remembered.ts'
import { COMMAND_NAMES, type Command, COMMANDS } from './commands.ts'
import { useKeys } from './use-keys.ts'

/** The button *Keyboard shortcuts*, its sheet, and the sign that Space is held. */
export function RoomKeys({ localMedia }: { localMedia: LocalMedia }): ReactNode {
  const t = useTranslations('devices.keys')
  const [enabled, setEnabled] = useState(() => recall('keys', z.boolean()) ?? true)
  const [present, setPresent] = useState<readonly Command[] | null>(null)
  const show = useCallback(() => {
    setPresent(
      COMMAND_NAMES.filter((name) => document.querySelector(`[data-command=${name}]`) !== null),
    )
  }, [])
  const talking = useKeys({ enabled, localMedia, onHelp: show })
  return (
    <>
      <IconButton label={t('button')} size="sm" round onClick={show} aria-haspopup="dialog">
        <Keyboard aria-hidden="true" />
      </IconButton>
      <div role="status">
        {talking ? (
          <p className="fixed inset-x-0 top-16 z-40 mx-auto flex w-fit items-center gap-2 rounded-full bg-accent px-4 py-2 text-sm font-medium text-on-accent shadow-over">
            <Mic aria-hidden="true" className="size-4.5" />
            {t('talking')}
          </p>
        ) : null}
      </div>
      <Dialog
        open={present !== null}
        onOpenChange={(open) => {
          if (!open) setPresent(null)
        }}
        title={t('title')}
        description={t('text')}
        closeLabel={t('close')}
      >
        <Keys present={present ?? []} />
        <Switch
          label={t('enabled')}
          checked={enabled}
          onCheckedChange={(on) => {
            setEnabled(on)
            remember('keys', on)
          }}
        />
      </Dialog>
    </>
  )
}

function Keys({ present }: { present: readonly Command[] }): ReactNode {
  const t = useTranslations('devices.keys')
  return (
    <dl className="grid gap-x-6 gap-y-2.5 text-[0.9375rem]">
      <Row keys={[t('space')]} what={t('talk')} />
      {present.map((command) => (
        <Row
          key={command}
          keys={[t('alt'), COMMANDS[command].replace('Key', '')]}
          what={t(command)}
        />
      ))}
      {present.includes('mood') ? (
        <>
          <Row keys={[t('arrows')]} what={t('move')} />
          <Row keys={[t('shiftArrows')]} what={t('moveFar')} />
        </>
      ) : null}
      <Row keys={['?']} what={t('help')} />
    </dl>
  )
}

function Row({ keys, what }: { keys: readonly string[]; what: string }): ReactNode {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt className="text-ink-muted">{what}</dt>
      <dd className="flex shrink-0 gap-1.5">
        {keys.map((key) => (
          <kbd
            key={key}
            className="rounded-md border border-line-strong/60 bg-sunken px-2 py-0.5 font-sans text-sm"
          >
            {key}
          </kbd>
        ))}
      </dd>
    </div>
  )
}
