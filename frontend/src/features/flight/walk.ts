import type { KeyboardEvent } from 'react';

const all = (diagram: ParentNode, what: 'row' | 'bar') => [
  ...diagram.querySelectorAll<HTMLElement>(`[data-${what}]`),
];

/** Puts the focus on the row in which an activity begins. */
export function focusRow(activity_id: string): void {
  all(document, 'row')
    .find((each) => each.dataset.row === activity_id)
    ?.focus();
}

/**
 * Moves the focus through a diagram by the arrow keys: up and down from row to row, to the right from a row to the
 * bar that it begins, and back.
 */
export function walk(event: KeyboardEvent<HTMLElement>): void {
  const here = event.currentTarget;
  const diagram = here.parentElement!;
  const rows = all(diagram, 'row');
  const activity = here.dataset.row ?? here.dataset.bar ?? '';
  const row = here.dataset.row === undefined ? rows.find((each) => each.dataset.row === activity) : here;
  const index = row ? rows.indexOf(row) : 0;
  const targets: Record<string, HTMLElement | undefined> = {
    ArrowUp: rows[index - 1],
    ArrowDown: rows[index + 1],
    Home: rows[0],
    End: rows.at(-1),
    ArrowLeft: row,
    ArrowRight: all(diagram, 'bar').find((each) => each.dataset.bar === activity),
  };
  const target = targets[event.key];
  if (target) {
    event.preventDefault();
    target.focus();
  }
}
