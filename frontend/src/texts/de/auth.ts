import type { auth as english } from '../en/auth';

export const auth: typeof english = {
  login: 'Anmelden',
  register: 'Konto anlegen',
  email: 'E-Mail',
  password: 'Passwort',
  passwordHint: 'Mindestens 8 Zeichen',
  name: 'Ihr Name',
  noAccount: 'Noch kein Konto?',
  hasAccount: 'Schon ein Konto?',
  asTestUser: 'Als Testkunde anmelden',
  at: (architecture) => `Sie melden sich hier an: ${architecture}. Jeder der beiden Läden hat eigene Konten.`,
  merged: 'Ihr Warenkorb ist mitgekommen.',
  notMerged: (names) => `Das ließ sich nicht in den Warenkorb legen: ${names}`,
};
