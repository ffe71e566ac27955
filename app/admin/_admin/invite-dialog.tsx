'use client'

/** Invites one person: by a link that is shown once, by e-mail as well where this server can send any. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { ageGroup as ageGroups, type AgeGroup } from '../../_wire/age.ts'
import { Button } from '../../_ui/button.tsx'
import { Notice } from '../../_ui/card.tsx'
import { Checkbox } from '../../_ui/choice.tsx'
import { CopyField } from '../../_ui/copy-field.tsx'
import { usePublicUrl } from '../../_ui/data/use-session.ts'
import { sentenceFor } from '../../_ui/data/failure.ts'
import { callWire, keys } from '../../_ui/data/wire.ts'
import { Dialog, DialogActions } from '../../_ui/dialog.tsx'
import { Select } from '../../_ui/select.tsx'
import { TextField } from '../../_ui/text-field.tsx'

interface Made {
  readonly link: string
  readonly sentTo: string | null
}

/** The dialog *Invite someone*, open. */
export function InviteDialog({ mail, close }: { mail: boolean; close: () => void }): ReactNode {
  const t = useTranslations('desk.invitations')
  const common = useTranslations('common')
  const [made, setMade] = useState<Made>()
  return (
    <Dialog
      open
      onOpenChange={close}
      title={made ? t('madeTitle') : t('dialogTitle')}
      description={made ? t('madeText') : t('dialogText')}
      closeLabel={common('close')}
    >
      {made ? (
        <div className="grid gap-5">
          <CopyField label={t('link')} value={made.link} />
          {made.sentTo === null ? null : (
            <p className="text-ink-muted">{t('madeSent', { email: made.sentTo })}</p>
          )}
          <DialogActions>
            <Button onClick={close}>{t('done')}</Button>
          </DialogActions>
        </div>
      ) : (
        <InviteForm mail={mail} close={close} onMade={setMade} />
      )}
    </Dialog>
  )
}

function InviteForm(props: {
  mail: boolean
  close: () => void
  onMade: (made: Made) => void
}): ReactNode {
  const { mail, close, onMade } = props
  const t = useTranslations('desk.invitations')
  const ages = useTranslations('desk.ages')
  const common = useTranslations('common')
  const cache = useQueryClient()
  const origin = usePublicUrl()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [mayTeach, setMayTeach] = useState(false)
  const [age, setAge] = useState<AgeGroup>('unknown')
  const [wishesMail, setWishesMail] = useState(mail)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const address = email.trim()
  const send = wishesMail && mail && address !== ''

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    if (origin === null) return
    setBusy(true)
    setError(undefined)
    try {
      const to = address === '' ? {} : { email: address }
      const body = { ...to, name: name.trim(), mayTeach, ageGroup: age, send }
      const { token, sent } = await callWire('inviteToSchool', {}, body)
      await cache.invalidateQueries({ queryKey: keys.invitations })
      const link = `${origin}/welcome/${token}`
      onMade({ link, sentTo: sent ? address : null })
    } catch (cause) {
      setError(sentenceFor(cause))
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <TextField
        label={t('name')}
        hint={t('optional')}
        maxLength={100}
        autoComplete="off"
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value)
        }}
      />
      <TextField
        label={t('email')}
        type="email"
        hint={t('optional')}
        autoComplete="off"
        value={email}
        onChange={(event) => {
          setEmail(event.currentTarget.value)
        }}
      />
      <Select
        label={t('ageGroup')}
        value={age}
        options={ageGroups.options.map((value) => ({ value, label: ages(value) }))}
        onValueChange={(value) => {
          setAge(ageGroups.parse(value))
        }}
      />
      <Checkbox label={t('mayTeach')} checked={mayTeach} onCheckedChange={setMayTeach} />
      <Checkbox
        label={t('send')}
        hint={mail ? undefined : t('noMail')}
        checked={send}
        disabled={!mail || address === ''}
        onCheckedChange={setWishesMail}
      />
      {error ? (
        <Notice tone="danger" alert>
          {error}
        </Notice>
      ) : null}
      <DialogActions>
        <Button variant="secondary" onClick={close}>
          {common('cancel')}
        </Button>
        <Button type="submit" disabled={origin === null} busy={busy && t('making')}>
          {t('make')}
        </Button>
      </DialogActions>
    </form>
  )
}
