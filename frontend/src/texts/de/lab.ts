import type { lab as english } from '../en/lab';

export const lab: typeof english = {
  title: 'Nebeneinander',
  lead: 'Ein Klick kauft dasselbe in beiden Läden im selben Augenblick. Zahlung und E-Mail dauern für beide gleich lang; der Unterschied ist, wer darauf wartet.',
  needsBoth: 'Diese Seite braucht beide Läden: ./tandem up startet sie',
  product: 'Was gekauft wird',
  customers: 'Kunden zugleich',
  start: 'In beiden kaufen',
  running: 'Wird gekauft',
  notSignedIn: 'Niemand ist in beiden Läden angemeldet. Melden Sie sich in beiden an und kommen Sie zurück.',
  about: {
    microservices: 'Speichert die Bestellung und antwortet. Ware, Zahlung und E-Mail folgen als Ereignisse.',
    monolith: 'Macht alles in einer Transaktion und antwortet, wenn es getan ist.',
  },
  customerWaits: 'Der Kunde wartet auf Antwort',
  ready: 'Bereit',
  waiting: 'Der Kunde wartet',
  background: 'Beantwortet. Der Laden arbeitet allein weiter',
  confirmed: (duration) => `Bezahlt, und die E-Mail ist verschickt, nach ${duration}`,
  failed: 'Nicht bestätigt',
  toOrder: (id) => `Bestellung Nr. ${id}`,
  results: 'Alle Rennen bisher',
  race: 'Rennen',
  accepted_ms: 'beantwortet',
  confirmed_ms: 'bestätigt',
};
