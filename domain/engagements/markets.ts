/** Markets decide the rate: mci-domain 5.3, coded as ISO 3166-1 alpha-2. Every country that is not A or B is C. */
export const MARKETS = ['A', 'B', 'C'] as const;
export type Market = (typeof MARKETS)[number];

const A = new Set('AU AT BE CA DK FI FR DE IS IE IT JP LU NL NZ NO PT ES SE CH GB US'.split(' '));
const B = new Set('BS BH BN KY CL HK IL JM KW MU PR SG AE UY'.split(' '));

export const marketOf = (country: string): Market => (A.has(country) ? 'A' : B.has(country) ? 'B' : 'C');

/** ISO 3166-1 alpha-2. Names come from the platform (Intl.DisplayNames), in the reader's language. */
export const COUNTRIES: readonly string[] = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
  'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
  'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
  'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
  'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
  'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');
