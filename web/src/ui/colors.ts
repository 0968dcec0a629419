/** The colors of the style sheet, resolved for canvases, which know no custom properties. */
import { useEffect, useState } from 'preact/hooks';

export type Colors = Record<'ink' | 'faint' | 'line' | 'paper' | 'sunk' | 'coop' | 'coop2' | 'conflict' | 'conflict2' | 'accent' | 'leader', string>;
const NAMES = ['ink', 'faint', 'line', 'paper', 'sunk', 'coop', 'coop2', 'conflict', 'conflict2', 'accent', 'leader'] as const;

export function colors(): Colors {
  const probe = document.createElement('span');
  document.body.append(probe);
  const found = Object.fromEntries(NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return found as Colors;
}

/** Counts the changes between light and dark, so that canvases are drawn anew. */
export function useScheme(): number {
  const [round, next] = useState(0);
  useEffect(() => {
    const change = () => next((n) => n + 1);
    const media = matchMedia('(prefers-color-scheme: dark)');
    media.addEventListener('change', change);
    const watch = new MutationObserver(change);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => { media.removeEventListener('change', change); watch.disconnect(); };
  }, []);
  return round;
}
export const stillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
