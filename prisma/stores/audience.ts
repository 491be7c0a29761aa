import type { Duty } from '../../domain/channels/channel.ts';
import type { Audience } from '../../domain/notices/notice.ts';
import type { NoticeModel } from '../generated/models.ts';

/** Who hears a notice, out of the columns that say it. */
export const audienceOf = ({
  personId,
  channelId,
  duty,
  organisationId,
}: Pick<NoticeModel, 'personId' | 'channelId' | 'duty' | 'organisationId'>): Audience => {
  if (personId !== null) return { personId };
  return channelId === null ? { duty: duty as Duty, organisationId } : { channelId };
};
