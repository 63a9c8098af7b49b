import { SegmentedControl } from '@mantine/core';
import type { Architecture } from '../api/types';
import { useTexts } from '../texts/texts';
import { architectureChosen } from './architecture';
import classes from './ArchitectureSwitch.module.css';
import { config } from './config';
import { useAppDispatch, useArchitecture } from './hooks';

const architectures: Architecture[] = ['microservices', 'monolith'];

/** Points the whole app at one shop or the other. */
export function ArchitectureSwitch() {
  const texts = useTexts();
  const dispatch = useAppDispatch();
  const current = useArchitecture();
  return (
    <SegmentedControl
      aria-label={texts.architecture}
      size="xs"
      radius="xl"
      value={current}
      onChange={(chosen) => dispatch(architectureChosen(chosen as Architecture))}
      className={classes.control ?? ''}
      data-architecture={current}
      classNames={{ indicator: classes.indicator ?? '', label: classes.label ?? '' }}
      data={architectures.map((architecture) => ({
        value: architecture,
        disabled: config.doors[architecture] === null,
        label: (
          <span title={config.doors[architecture] ?? texts.notRunning}>
            {texts.architectures[architecture]}
          </span>
        ),
      }))}
    />
  );
}
