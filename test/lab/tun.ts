import { closeSync, openSync } from 'node:fs';

/** Whether tun devices can be had: in many containers the file is there and may not be opened. */
export const hasTun: boolean = canOpen('/dev/net/tun');

function canOpen(path: string): boolean {
  try {
    closeSync(openSync(path, 'r+'));
    return true;
  } catch {
    return false;
  }
}
