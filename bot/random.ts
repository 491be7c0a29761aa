import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Randomness, Sha256 } from '../domain/ports.ts';

export const random: Randomness = {
  id: () => randomUUID(),
  token: () => randomBytes(32).toString('base64url'),
};

export const sha256: Sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
