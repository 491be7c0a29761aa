import type { ConsentRequest, ConsentStore } from '../../domain/consent/consent-store.ts';
import type { Language } from '../../domain/people/actor.ts';
import type { ConsentRequestModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const asRequest = (row: ConsentRequestModel): ConsentRequest => ({
  id: row.id,
  claimNumber: row.claimNumber,
  sentById: row.sentById,
  toName: row.toName,
  toEmail: row.toEmail,
  language: row.language as Language,
  state: row.state as ConsentRequest['state'],
  mailState: row.mailState as ConsentRequest['mailState'],
  mailVersion: row.mailVersion,
  createdAt: row.createdAt,
  mailedAt: row.mailedAt,
  typedName: row.typedName,
  reason: row.reason,
  mayContact: row.mayContact,
  mayShare: row.mayShare,
});

export const consentStore = (db: Db): ConsentStore => ({
  findRequest: async (id) => {
    const row = await db.consentRequest.findUnique({ where: { id } });
    return row === null ? null : asRequest(row);
  },
  findByTokenHash: async (tokenHash) => {
    const row = await db.consentLink.findUnique({ where: { tokenHash }, include: { request: true } });
    return row === null ? null : asRequest(row.request);
  },
  findNewest: async (claimNumber) => {
    const row = await db.consentRequest.findFirst({ where: { claimNumber }, orderBy: { createdAt: 'desc' } });
    return row === null ? null : asRequest(row);
  },
  findFirstMailed: async (claimNumber, toEmail) => {
    const row = await db.consentRequest.findFirst({
      where: { claimNumber, toEmail: { equals: toEmail, mode: 'insensitive' }, mailedAt: { not: null } },
      orderBy: { mailedAt: 'asc' },
    });
    return row === null ? null : asRequest(row);
  },
  listSenders: async (claimNumbers) => {
    const rows = await db.consentRequest.findMany({
      where: { claimNumber: { in: [...claimNumbers] } },
      orderBy: { createdAt: 'asc' },
      select: { claimNumber: true, sentById: true },
    });
    return new Map(rows.map(({ claimNumber, sentById }) => [claimNumber, sentById]));
  },
  voidOpen: async (claimNumbers) => {
    const where = { claimNumber: { in: [...claimNumbers] }, state: 'open' };
    await db.consentRequest.updateMany({ where, data: { state: 'void' } });
  },
  ask: async (request) => {
    await db.consentRequest.create({ data: request });
  },
  keepLink: async (tokenHash, requestId, createdAt) => {
    await db.consentLink.create({ data: { tokenHash, requestId, createdAt } });
  },
  answer: async (id, answer) => {
    const { count } = await db.consentRequest.updateMany({
      where: { id, state: 'open' },
      data: { ...answer, state: 'answered' },
    });
    return count === 1;
  },
  markMail: async (id, mailState, at) => {
    const data = mailState === 'mailed' ? { mailState, mailedAt: at } : { mailState };
    const { count } = await db.consentRequest.updateMany({ where: { id, mailState: 'waiting' }, data });
    return count === 1;
  },
});
