import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk } from './walk';

const focused = () => document.activeElement?.textContent;
const press = (key: string) => fireEvent.keyDown(document.activeElement!, { key });

describe('walking through the diagram by keys', () => {
  beforeEach(() => {
    render(
      <div>
        {['asked', 'worked', 'answered'].map((row) => (
          <button key={row} type="button" data-row={row === 'worked' ? 'b' : 'a'} onKeyDown={walk}>
            {row}
          </button>
        ))}
        <button type="button" data-bar="b" onKeyDown={walk}>
          bar
        </button>
      </div>,
    );
    screen.getByText('asked').focus();
  });
  afterEach(cleanup);

  it('goes down, up, and to both ends, and stays within', () => {
    press('ArrowUp');
    expect(focused()).toBe('asked');
    press('ArrowDown');
    expect(focused()).toBe('worked');
    press('End');
    expect(focused()).toBe('answered');
    press('Home');
    expect(focused()).toBe('asked');
  });

  it('goes to the bar of a row and on from there', () => {
    press('ArrowDown');
    press('ArrowRight');
    expect(focused()).toBe('bar');
    press('ArrowDown');
    expect(focused()).toBe('answered');
    press('ArrowRight');
    expect(focused()).toBe('answered');
  });
});
