/** Hands a file to the person. Nothing leaves the device. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by the next turn; the address is of no more use.
  setTimeout(() => {
    URL.revokeObjectURL(url)
  }, 0)
}
