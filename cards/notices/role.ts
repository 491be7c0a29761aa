import type { RoleNotice } from '../../domain/notices/notice.ts';
import type { AccessView } from '../../domain/people/access.ts';
import type { RoleGrant } from '../../domain/people/actor.ts';
import type { Location } from '../../domain/people/people-store.ts';
import { button, buttons, type Card, card, heading, line, lines, para, type Reader } from '../card.ts';
import { textFor } from '../format.ts';
import { roleRuns } from '../people/roles.ts';
import { periodOf } from '../people/stand-in.ts';

export type RoleNoticeView =
  | { readonly kind: 'accessGranted' | 'accessRefused'; readonly view: AccessView }
  | { readonly kind: 'roleRemoved'; readonly grant: RoleGrant; readonly location: Location | null }
  | { readonly kind: 'standInNamed'; readonly admin: string; readonly from: Date; readonly until: Date };

/** What somebody hears of their own roles (R3, R25). */
export const roleNoticeCard = (reader: Reader, notice: RoleNoticeView): Card => {
  const { roleNotices, help, standIn, access, review } = textFor(reader.language);
  const kind: RoleNotice = notice.kind;
  const { title, body } = roleNotices[kind];
  const grant = 'view' in notice ? notice.view.request : 'grant' in notice ? notice.grant : null;
  const location = 'view' in notice ? notice.view.location : 'grant' in notice ? notice.location : null;
  const comment = 'view' in notice ? notice.view.request.comment : null;
  const action = {
    accessGranted: button('help.show', {}, help.button),
    accessRefused: button('access.start', {}, help.accessButton),
    roleRemoved: button('access.start', {}, help.accessButton),
    standInNamed: button('review.list', { page: 1 }, review.list.title),
  }[kind];
  return card(reader, title, [
    heading(title),
    ...(grant === null ? [] : [line(roleRuns(reader, grant, location), { spacing: 'None' })]),
    ...(notice.kind === 'standInNamed'
      ? [
          line(standIn.youFor(notice.admin), { spacing: 'None' }),
          para(periodOf(reader, notice.from, notice.until), { spacing: 'None' }),
        ]
      : []),
    para(body),
    ...(comment === null
      ? []
      : [para(access.comment, { subtle: true }), ...lines(`“${comment}”`, { spacing: 'None' })]),
    buttons([action]),
  ]);
};
