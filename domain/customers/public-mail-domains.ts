/** Mail hosts open to anyone: an address there says nothing about a company. */
const PUBLIC = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com hotmail.nl hotmail.co.uk hotmail.fr hotmail.de live.com live.nl ' +
    'live.co.uk live.be msn.com passport.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de ymail.com rocketmail.com ' +
    'icloud.com me.com mac.com aol.com proton.me protonmail.com pm.me tutanota.com tuta.com gmx.com gmx.de gmx.net ' +
    'web.de t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com zoho.com fastmail.com hey.com hushmail.com ' +
    'orange.fr free.fr laposte.net wanadoo.fr libero.it virgilio.it qq.com 163.com 126.com sina.com naver.com ' +
    'comcast.net verizon.net att.net btinternet.com sky.com telenet.be skynet.be proximus.be ' +
    'ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl xs4all.nl casema.nl upcmail.nl chello.nl ' +
    'quicknet.nl zonnet.nl tele2.nl solcon.nl online.nl freedom.nl'
  ).split(' '),
);

export const isPublicMailDomain = (domain: string): boolean => PUBLIC.has(domain);
