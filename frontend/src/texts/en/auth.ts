export const auth = {
  login: 'Log in',
  register: 'Create an account',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 8 characters',
  name: 'Your name',
  noAccount: 'No account yet?',
  hasAccount: 'Have an account already?',
  asTestUser: 'Log in as the test user',
  at: (architecture: string) =>
    `You log in at the ${architecture}. Each of the two shops keeps its own accounts.`,
  merged: 'Your cart came along.',
  notMerged: (names: string) => `These could not be put into your cart: ${names}`,
};
