import './app/mantine.css';
import './app/app.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'react-redux';
import { BrowserRouter } from 'react-router';
import { ErrorBoundary } from './app/ErrorBoundary';
import { Pages } from './app/routes';
import { makeStore } from './app/store';
import { cssVariables, theme } from './app/theme';
import { firstLanguage, loadTexts, TextsProvider } from './texts/texts';

async function start(root: HTMLElement): Promise<void> {
  const language = firstLanguage();
  document.documentElement.lang = language;
  const texts = await loadTexts(language);
  const shop = (
    <StrictMode>
      <Provider store={makeStore()}>
        <TextsProvider first={texts}>
          <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
            <BrowserRouter>
              <ErrorBoundary>
                <Pages />
              </ErrorBoundary>
            </BrowserRouter>
          </MantineProvider>
        </TextsProvider>
      </Provider>
    </StrictMode>
  );
  // In slices, between which the browser can draw and hear.
  startTransition(() => createRoot(root).render(shop));
}

void start(document.getElementById('root')!);
