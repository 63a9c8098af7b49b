import type { checkout as english } from '../en/checkout';

export const checkout: typeof english = {
  title: 'Kasse',
  address: 'Lieferadresse',
  addressHint: 'Straße, Ort, Land',
  method: 'Zahlungsart',
  methods: { credit_card: 'Kreditkarte', paypal: 'PayPal', bank_transfer: 'Überweisung' },
  summary: 'Ihre Bestellung',
  total: 'Summe',
  buy: (total) => `Für ${total} kaufen`,
  buying: 'Wird gekauft',
  waitingMonolith: 'Der Monolith antwortet erst nach Zahlung und E-Mail. Das dauert einige Sekunden.',
  leftover:
    'Ein Kauf Ihres letzten Besuchs wurde nie beantwortet. Sehen Sie in Ihre Bestellungen: Vielleicht ist er geschehen. Noch einmal zu fragen kauft, falls nicht.',
  askAgain: 'Noch einmal fragen',
  forget: 'Vergessen',
  boughtMeanwhile: (id, architecture) => `Bestellung Nr. ${id} ist aufgegeben (${architecture}).`,
  ambiguous:
    'Es kam keine Antwort. Versuchen Sie es noch einmal: Derselbe Kauf kann nicht zweimal geschehen.',
  emptyTitle: 'Hier gibt es nichts zu bezahlen',
  declined: 'Die Zahlung wurde abgelehnt. Es wurde nichts abgebucht und nichts bestellt.',
};
