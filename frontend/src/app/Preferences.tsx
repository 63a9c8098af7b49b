import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useLanguage, useTexts } from '../texts/texts';

export function Preferences() {
  const texts = useTexts();
  const { language, choose } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = language === 'en' ? 'de' : 'en';
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        fz={13}
        fw={650}
        lang={other}
        aria-label={other === 'de' ? 'DE, Deutsch' : 'EN, English'}
        onClick={() => void choose(other)}
      >
        {other.toUpperCase()}
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={texts.colorScheme}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun size={20} /> : <IconMoon size={20} />}
      </ActionIcon>
    </>
  );
}
