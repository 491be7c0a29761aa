import type { X509Certificate } from 'node:crypto';
import type { Answer, ExchangeRates, PartnerCenter } from '../../domain/co-sell/partner-center.ts';
import type { Clock } from '../../domain/ports.ts';
import type { PartnerCenterConfig } from '../config.ts';
import { within } from '../within.ts';
import { type CertificateHosts, certificateChecker } from './certificates.ts';
import { exchangeRatesApi } from './exchange-rates.ts';
import { referralsApi } from './referrals.ts';
import { ensureRegistration, type Registration } from './registration.ts';
import { type CheckSignature, signatureChecker } from './signature.ts';
import { signIn, type TokenKeeper } from './token.ts';

/** Stand-ins for what lives in Microsoft's cloud; left out in production. */
export type PartnerCenterCloud = {
  /** The login host, both APIs. */
  readonly origin: string;
  readonly hosts: CertificateHosts;
  readonly roots: readonly X509Certificate[];
};

export type PartnerCenterLink = {
  readonly api: PartnerCenter;
  readonly rates: ExchangeRates;
  readonly checkSignature: CheckSignature;
  /** Sees to it that changes are told to this address. */
  readonly register: (address: string) => Promise<Answer<Registration>>;
};

/**
 * Somebody waits for a rate while Teams waits for the answer: signing in and asking have so long together. What takes longer
 * goes on, and is there for the next question.
 */
const RATE_WITHIN_MS = 2_000;

/** Partner Center as the configuration names it: one sign-in for everything that is asked of it. */
export const connectPartnerCenter = (
  config: PartnerCenterConfig,
  keeper: TokenKeeper,
  clock: Clock,
  cloud?: PartnerCenterCloud,
): PartnerCenterLink => {
  const { tenantId, clientId, clientSecret, refreshToken, solutionProfileId } = config;
  const login = cloud === undefined ? {} : { login: cloud.origin };
  const apiUrl = cloud === undefined ? {} : { apiUrl: cloud.origin };
  const tokens = signIn({ ...login, tenantId, clientId, clientSecret, refreshToken, keeper, clock });
  const token = tokens('partner');
  const check = certificateChecker({ clock, ...(cloud && { hosts: cloud.hosts, roots: cloud.roots }) });
  const rates = exchangeRatesApi({ ...apiUrl, token, clock });
  return {
    api: referralsApi({ ...apiUrl, token, clock, ...(solutionProfileId === null ? {} : { solutionProfileId }) }),
    rates: (currency, month) => within(rates(currency, month), RATE_WITHIN_MS, { kind: 'unsure', trouble: 'too slow' }),
    checkSignature: signatureChecker(check, clock),
    register: (address) => {
      const webhooksUrl = cloud === undefined ? {} : { webhooksUrl: cloud.origin };
      return ensureRegistration(address, { ...webhooksUrl, token: tokens('partnerCenter'), clock });
    },
  };
};
