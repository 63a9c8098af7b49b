import type { KeyboardEvent } from 'react';

/**
 * Moves the focus through a diagram by the arrow keys: up and down from row to row, to the right from a row to the
 * bar that it begins, and back.
 */
export function walk(event: KeyboardEvent<HTMLElement>): void {
  const here = event.currentTarget;
  const diagram = here.parentElement!;
  const rows = [...diagram.querySelectorAll<HTMLElement>('[data-row]')];
  const activity = here.dataset.row ?? here.dataset.bar ?? '';
  const row = here.dataset.row === undefined ? rows.find((each) => each.dataset.row === activity) : here;
  const index = row ? rows.indexOf(row) : 0;
  const targets: Record<string, HTMLElement | null | undefined> = {
    ArrowUp: rows[index - 1],
    ArrowDown: rows[index + 1],
    Home: rows[0],
    End: rows.at(-1),
    ArrowLeft: row,
    ArrowRight: diagram.querySelector<HTMLElement>(`[data-bar="${CSS.escape(activity)}"]`),
  };
  const target = targets[event.key];
  if (target) {
    event.preventDefault();
    target.focus();
  }
}
