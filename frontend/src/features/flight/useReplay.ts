import { useEffect, useState } from 'react';
import type { Diagram } from './flight';
import type { Cut } from './timeAxis';

export const speeds = ['0.1', '1', '10'] as const;
export type Speed = (typeof speeds)[number];

export interface Replay {
  /** Null: nothing is replayed, all of the flight is shown. */
  at_us: number | null;
  isPlaying: boolean;
  /** The reader asked for it, so the page may scroll along. */
  isFollowed: boolean;
  speed: Speed;
  setSpeed: (speed: Speed) => void;
  play: () => void;
  pause: () => void;
  /** Stops there. */
  seek: (at_us: number) => void;
}

/** Plays a flight by the clock of the screen; what is cut out of the axis of time is skipped. */
export function useReplay({ start_us, end_us }: Diagram, cuts: Cut[], startsByItself: boolean): Replay {
  const [at_us, setAt] = useState<number | null>(startsByItself ? start_us : null);
  const [isPlaying, setIsPlaying] = useState(startsByItself);
  const [isFollowed, setIsFollowed] = useState(false);
  const [speed, setSpeed] = useState<Speed>('1');

  useEffect(() => {
    if (!isPlaying) {
      return undefined;
    }
    let frame = 0;
    let last_ms: number | null = null;
    const tick = (now_ms: number) => {
      const passed_us = (now_ms - (last_ms ?? now_ms)) * 1000 * Number(speed);
      last_ms = now_ms;
      setAt((before) => withoutCuts((before ?? start_us) + passed_us, cuts));
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, speed, start_us, cuts]);

  if (isPlaying && at_us !== null && at_us >= end_us) {
    setIsPlaying(false);
    setAt(null);
  }
  return {
    at_us,
    isPlaying,
    isFollowed: isFollowed && isPlaying,
    speed,
    setSpeed,
    play: () => {
      setIsFollowed(true);
      setIsPlaying(true);
    },
    pause: () => setIsPlaying(false),
    seek: (next_us) => {
      setIsPlaying(false);
      setAt(next_us >= end_us ? null : next_us);
    },
  };
}

function withoutCuts(at_us: number, cuts: Cut[]): number {
  return cuts.find((cut) => cut.from_us < at_us && at_us < cut.to_us)?.to_us ?? at_us;
}
