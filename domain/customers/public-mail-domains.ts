import { parse } from 'tldts';

/** Mail hosts open to anyone under whatever suffix: outlook.de is as public as outlook.com. */
const EVERY_SUFFIX = new Set(['outlook', 'hotmail', 'yahoo', 'gmx']);

/**
 * Mail hosts open to anyone: an address there says nothing about a company. Kept by hand, because the published lists
 * also hold universities and firms, and those would be refused as customers.
 */
const PUBLIC = new Set(
  (
    'gmail.com googlemail.com live.com live.nl live.co.uk live.be live.fr live.de live.it live.dk live.se live.no ' +
    'live.ca live.com.au msn.com msn.nl passport.com ymail.com rocketmail.com ' +
    'icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me tutanota.com tuta.com ' +
    'web.de t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com zoho.com fastmail.com hey.com hushmail.com ' +
    'orange.fr free.fr laposte.net wanadoo.fr libero.it virgilio.it qq.com 163.com 126.com sina.com naver.com ' +
    'bluewin.ch seznam.cz wp.pl onet.pl abv.bg ukr.net inbox.lv sapo.pt mailbox.org posteo.de posteo.net ' +
    'comcast.net verizon.net att.net btinternet.com sky.com telenet.be skynet.be proximus.be ' +
    'ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl xs4all.nl casema.nl upcmail.nl chello.nl ' +
    'quicknet.nl zonnet.nl tele2.nl solcon.nl online.nl freedom.nl'
  ).split(' '),
);

/** `domain` is a registrable one, in lower case. */
export const isPublicMailDomain = (domain: string): boolean =>
  PUBLIC.has(domain) || EVERY_SUFFIX.has(parse(domain).domainWithoutSuffix ?? '');
