'use client'

/**
 * What a teacher can do about one person: mute or ask to unmute, stop video or a shared screen, remove.
 * Removing asks first; nothing here can switch anybody's microphone or camera on.
 */
import { EllipsisVertical, MicOff, MonitorX, UserX, VideoOff, Volume2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode } from 'react'
import type { Moderation, Person } from '../../_call/index.ts'
import { Button, IconButton } from '../../_ui/button.tsx'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import { Menu, MenuItem, MenuOpener, MenuSeparator } from '../../_ui/menu.tsx'
import { toast } from '../../_ui/toaster.tsx'
import { useCommand } from './run-command.ts'

/** The menu of a person's row. */
export function PersonMenu(props: { moderation: Moderation; person: Person }): ReactNode {
  const { moderation, person } = props
  const { memberId, name, feeds, role } = person
  const t = useTranslations('moderation.person')
  const command = useCommand()
  const [removing, setRemoving] = useState(false)
  const heard = feeds.microphone !== undefined && !feeds.microphone.paused
  const { camera } = feeds
  const seen = camera !== undefined && (!camera.paused || camera.resting === true)
  const shares = feeds.screen !== undefined || feeds['screen-audio'] !== undefined
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('menu', { name })} size="sm" round>
            <EllipsisVertical aria-hidden="true" />
          </IconButton>
        }
      >
        {heard ? (
          <MenuItem onSelect={() => command(() => moderation.stopSource(memberId, 'microphone'))}>
            <MicOff aria-hidden="true" />
            {t('mute')}
          </MenuItem>
        ) : (
          <MenuItem
            onSelect={async () => {
              if (await command(() => moderation.askToUnmute(memberId))) {
                toast(t('asked', { name }))
              }
            }}
          >
            <Volume2 aria-hidden="true" />
            {t('ask')}
          </MenuItem>
        )}
        <MenuItem
          disabled={!seen}
          onSelect={() => command(() => moderation.stopSource(memberId, 'camera'))}
        >
          <VideoOff aria-hidden="true" />
          {t('stopVideo')}
        </MenuItem>
        {shares ? (
          <MenuItem
            onSelect={() =>
              command(async () => {
                await moderation.stopSource(memberId, 'screen')
                await moderation.stopSource(memberId, 'screen-audio')
              })
            }
          >
            <MonitorX aria-hidden="true" />
            {t('stopSharing')}
          </MenuItem>
        ) : null}
        {role === 'teacher' ? null : (
          <>
            <MenuSeparator />
            <MenuOpener
              open={() => {
                setRemoving(true)
              }}
            >
              <UserX aria-hidden="true" />
              {t('remove')}
            </MenuOpener>
          </>
        )}
      </Menu>
      <Dialog
        open={removing}
        onOpenChange={setRemoving}
        size="sm"
        title={t('removeTitle', { name })}
        description={t('removeText')}
      >
        <DialogActions>
          <Button
            variant="secondary"
            onClick={() => {
              setRemoving(false)
            }}
          >
            {t('cancel')}
          </Button>
          <Button
            variant="danger"
            onClick={async () => {
              if (await command(() => moderation.remove(memberId))) setRemoving(false)
            }}
          >
            {t('removeConfirm')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  )
}
