import { useTexts } from '../texts/texts';
import { config } from './config';
import classes from './Footer.module.css';
import { useArchitecture } from './hooks';

export function Footer() {
  const { footer } = useTexts();
  const door = config.doors[useArchitecture()];
  return (
    <footer className={classes.footer}>
      <p>{footer.about}</p>
      <nav>
        {door && <a href={`${door}/docs`}>{footer.api}</a>}
        {config.mails && <a href={config.mails}>{footer.mails}</a>}
      </nav>
    </footer>
  );
}
