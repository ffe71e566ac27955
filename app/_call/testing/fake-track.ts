/** A track without a device behind it, for tests of what is sent: it does nothing by itself. */
export class FakeTrack extends EventTarget implements MediaStreamTrack {
  readonly id = crypto.randomUUID()
  readonly label = ''
  readonly muted = false
  contentHint = ''
  enabled = true
  readyState: MediaStreamTrackState = 'live'
  onended = null
  onmute = null
  onunmute = null

  readonly kind: 'audio' | 'video'

  constructor(kind: 'audio' | 'video') {
    super()
    this.kind = kind
  }

  applyConstraints(): Promise<void> {
    return Promise.resolve()
  }

  clone(): FakeTrack {
    return new FakeTrack(this.kind)
  }

  getCapabilities(): MediaTrackCapabilities {
    return {}
  }

  getConstraints(): MediaTrackConstraints {
    return {}
  }

  getSettings(): MediaTrackSettings {
    return {}
  }

  stop(): void {
    this.readyState = 'ended'
  }
}
