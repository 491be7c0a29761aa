import type { Duty } from '../../domain/channels/channel.ts';
import type { HistoryEvent } from '../../domain/claims/show-claim.ts';
import type { ReviewerNotice, ReviewReply } from '../../domain/notices/notice.ts';
import type { Decision, RejectReason } from '../../domain/review/review-claim.ts';
import { spelling } from './spelling.ts';

const { number, allOf } = spelling('en-GB');

const days = (count: number) => (count === 1 ? '1 day' : `${number(count)} days`);

/** Evidence, submission, review and dispute. */
export const reviewEn = {
  evidence: {
    title: (claim: number) => `Evidence for claim ${claim}`,
    heading: (there: number, of: number) => `Evidence (${there} of ${of})`,
    none: 'This engagement asks for no evidence.',
    hint: 'Each item is a link to a document where the reviewers can open it. Claimdesk keeps the link and never opens it. Blur personal details in the document itself.',
    frozen: {
      withReviewers: 'The evidence is frozen while the claim is with the reviewers.',
      rejected: 'The evidence is frozen. Dispute the rejection to change it.',
      closed: 'The evidence is frozen: this claim is closed.',
      beforeConsent: 'Evidence is added once the customer has given consent.',
    },
    noneNeeded: 'Nothing is reviewed until you submit the claim.',
    required: 'required',
    optional: 'optional',
    missing: 'not added',
    button: 'Evidence',
    add: (item: string) => `Add: ${item}`,
    change: (item: string) => `Change: ${item}`,
    open: (item: string) => `Open: ${item}`,
    back: 'Back to the claim',
    label: 'Name of the document',
    url: 'Link',
    urlHint: 'A web address that begins with https://, where the reviewers may open it.',
    note: 'Note for the reviewers (optional)',
    titleError: 'Give the document a name.',
    urlError: 'Fill in the link.',
    save: 'Save',
    remove: 'Remove this link',
    kept: 'The link was kept.',
    removed: 'The link was removed.',
    tooLate: 'Nothing was changed: this evidence is not open for changes any more.',
    changed:
      'A colleague changed this meanwhile. What you typed is below and not kept yet: look at what is kept now, then save if yours is right.',
    complete: 'Everything that is required is there. Nothing is reviewed until you submit the claim.',
    lacking: (items: readonly string[]) => `Still needed before you can submit: ${allOf(items)}.`,
  },
  submit: {
    button: 'Submit claim',
    title: (claim: number) => `Submit claim ${claim}?`,
    body: 'The reviewers get the claim as it stands below. From then on it can’t be canceled, and the evidence can’t be changed unless they ask for more. Your clock stands still while it is with them.',
    bodyDispute:
      'The reviewers get the claim as it stands below. If they reject it again, that is final: a rejection can be disputed once.',
    remark: 'Note for the reviewers (optional)',
    yes: 'Submit claim',
    no: 'Not yet',
    done: 'The claim was submitted. You hear at once when the reviewers decide.',
    incomplete: 'Nothing was submitted: required evidence is missing.',
    tooLate: 'Nothing was submitted: the claim changed since that card. This is how it stands now.',
  },
  dispute: {
    button: 'Dispute the rejection',
    title: (claim: number) => `Dispute the rejection of claim ${claim}?`,
    body: 'A claim is disputed once. Say what the reviewers should look at again. After that the evidence is open for changes, and you submit the claim once more; if it is rejected again, that is final.',
    remark: 'Why the rejection is wrong',
    remarkError: 'Say why.',
    yes: 'Dispute',
    no: 'Not now',
    done: 'The rejection is disputed. Amend the evidence where that helps, then submit the claim: nothing is reviewed before.',
    tooLate: 'Nothing was disputed: the claim changed since that card. This is how it stands now.',
  },
  review: {
    title: (claim: number) => `Review of claim ${claim}`,
    summary: (claim: number) => `Claim ${claim} is to be reviewed`,
    partner: 'Partner',
    contact: 'Customer contact',
    consent: 'Consent',
    partnerUntil: (date: string) => `The partner has until ${date}`,
    withPartner: {
      ACTION_REQUIRED: 'The partner is to amend the claim and submit it again. There is nothing to decide until then.',
      REJECTED: 'The partner can dispute the rejection. There is nothing to decide until then.',
      DISPUTED:
        'The partner disputes the rejection and is to submit the claim again. There is nothing to decide until then.',
    },
    waits: (count: number) => (count === 0 ? 'Waiting since today' : `Waiting for ${days(count)}`),
    mismatch: 'The customer’s e-mail domain does not lead to the tenant. The partner explains:',
    remark: 'What the partner wrote',
    toCompare: 'To compare with the evidence',
    evidence: 'Evidence',
    noEvidence: 'This engagement asks for no evidence.',
    amount: 'Amount to be paid',
    final: (usd: string) => `${usd}\u00a0USD`,
    begin: 'Review',
    hint: 'Only reviewers can decide. They press Review to see what they can do.',
    own: 'You work on claims of this location, so others review this one.',
    standsIn: (admin: string) => `You stand in for ${admin}.`,
    start: 'Start review',
    ask: {
      approve: 'Approve',
      askForMore: 'Ask for more',
      reject: 'Reject',
    } satisfies Record<Decision, string>,
    asking: {
      approve: {
        title: (claim: number) => `Approve claim ${claim}?`,
        body: (amount: string) => `This is final. The amount becomes ${amount}.`,
        bodyNoAmount: 'This is final. The amount is not set by the programme yet.',
        comment: 'Note to the partner (optional)',
        yes: 'Approve the claim',
      },
      askForMore: {
        title: (claim: number) => `What is missing from claim ${claim}?`,
        body: 'The partner reads what you write, can amend the evidence and submits the claim again. Their clock runs on meanwhile.',
        comment: 'What the partner is to do',
        yes: 'Send to the partner',
      },
      reject: {
        title: (claim: number) => `Reject claim ${claim}?`,
        body: 'The partner reads the reason and the comment, and can dispute the rejection once.',
        bodyFinal: 'The claim was disputed, so this rejection is final.',
        comment: 'Comment',
        yes: 'Reject the claim',
      },
    },
    reason: 'Reason',
    reasonPlaceholder: 'Choose a reason',
    reasonError: 'Choose a reason.',
    commentError: 'Write a comment.',
    reasons: {
      evidenceMissing: 'Evidence is missing or is the wrong file',
      acknowledgmentMissing: 'The customer’s acknowledgment is missing',
      datesWrong: 'Dates are missing or too old',
      serviceNotDescribed: 'What the partner did is not described',
      productsMissing: 'Products are missing',
      noResponse: 'The partner did not respond',
      other: 'Another reason',
    } satisfies Record<RejectReason, string>,
    back: 'Back',
    started: 'You started the review. Everybody in the channel sees that you are at it.',
    decided: {
      approve: 'You approved the claim. The partner is told.',
      askForMore: 'You asked for more. The partner is told.',
      reject: 'You rejected the claim. The partner is told.',
    } satisfies Record<Decision, string>,
    first: (who: string, what: string, date: string) => `Nothing was changed: ${who} ${what} (${date}).`,
    clockFirst: (what: string, date: string) => `${what} (${date}). Nothing was changed.`,
    notReviewer: {
      title: 'Only reviewers can decide',
      body: 'Program admins review claims, and whoever stands in for one. Nothing was changed.',
    },
    noSuchClaim: (claim: number) => ({
      title: 'Nothing to review',
      body: `There is no submitted claim ${claim} that you may review.`,
    }),
    list: {
      title: 'Claims to review',
      none: 'Nothing waits for a review.',
      count: (count: number) =>
        count === 1 ? 'One claim waits for a review' : `${number(count)} claims wait for a review, longest first`,
      open: (claim: number) => `Review ${claim}`,
      submitted: (date: string) => `submitted ${date}`,
    },
    notices: {
      reviewAgain: {
        title: 'Submitted again',
        body: 'The partner has amended the claim above. It waits for a review once more.',
      },
      reviewDisputed: {
        title: 'Rejection disputed',
        body: 'The partner disputes the rejection of the claim above. If it is rejected again, that is final.',
      },
      reviewWaiting: {
        title: 'Still waiting for a review',
        body: 'Nobody has taken the next step on the claim above.',
      },
      reviewOverdue: {
        title: 'A claim waits for a review',
        body: 'The channel was reminded and nobody has taken the next step. You may decide.',
      },
      reviewNoChannel: {
        title: 'A claim waits, but no channel takes reviews',
        body: 'Say “set up this channel” to Claimdesk in the channel where claims are to be reviewed. Until then it is reviewed here.',
      },
    } satisfies Record<ReviewReply | ReviewerNotice, { title: string; body: string }>,
  },
  historyOfReview: {
    evidenceAdded: 'added evidence',
    evidenceReplaced: 'replaced evidence',
    evidenceRemoved: 'removed evidence',
    submit: 'submitted the claim',
    resubmit: 'submitted the claim again',
    startReview: 'started the review',
    approve: 'approved the claim',
    askForMore: 'asked for more',
    reject: 'rejected the claim',
    rejectFinally: 'rejected the claim, finally',
    dispute: 'disputed the rejection',
    submitDispute: 'submitted the disputed claim',
    reviewReminded: 'The reviewers were reminded',
    expireReview: 'The claim was not amended in time',
    expireDispute: 'The rejection was not disputed and submitted in time',
  } satisfies Partial<Record<HistoryEvent, string>>,
  standsFor: (who: string, admin: string) => `${who} (for ${admin})`,
  duties: {
    reviews: 'Reviews of submitted claims',
    access: 'Access requests',
  } satisfies Record<Duty, string>,
};
