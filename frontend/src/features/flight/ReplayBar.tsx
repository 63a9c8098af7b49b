import { Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { usePageTexts } from '../../texts/texts';
import type { Diagram } from './flight';
import classes from './ReplayBar.module.css';
import { type Replay, type Speed, speeds } from './useReplay';
import type { Words } from './useWords';

const steps_per_flight = 500;

export function ReplayBar({ diagram, replay, words }: { diagram: Diagram; replay: Replay; words: Words }) {
  const texts = usePageTexts('flight');
  const { start_us, end_us } = diagram;
  const at_us = replay.at_us ?? end_us;
  return (
    <div className={classes.bar}>
      <Button
        w={140}
        onClick={replay.isPlaying ? replay.pause : replay.play}
        leftSection={
          replay.isPlaying ? (
            <IconPlayerPauseFilled size={16} aria-hidden />
          ) : (
            <IconPlayerPlayFilled size={16} aria-hidden />
          )
        }
      >
        {replay.isPlaying ? texts.pause : texts.replay}
      </Button>
      <SegmentedControl
        aria-label={texts.speed}
        value={replay.speed}
        onChange={(speed) => replay.setSpeed(speed as Speed)}
        data={speeds.map((value) => ({ value, label: texts.speeds[value] }))}
      />
      <input
        type="range"
        className={classes.position}
        aria-label={texts.position}
        aria-valuetext={words.offset(at_us)}
        min={0}
        max={end_us - start_us}
        step={Math.max(1, (end_us - start_us) / steps_per_flight)}
        value={at_us - start_us}
        onChange={(event) => replay.seek(start_us + Number(event.currentTarget.value))}
      />
      <output className={classes.clock}>{words.offset(at_us)}</output>
    </div>
  );
}
